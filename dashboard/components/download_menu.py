"""The download button of a screen: its figures as CSV and as a workbook."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from dashboard.downloads.csv_file import to_csv
from dashboard.downloads.xlsx_file import to_xlsx
from dashboard.translations import _


def download_menu(
    name: str, sheets: Callable[[], Mapping[str, pd.DataFrame]], formats: Mapping[str, str]
) -> None:
    """`sheets` is asked only when somebody downloads; its first frame is the CSV."""
    with (
        st.container(key="downloads", width="content"),
        st.popover(_("Download"), icon=":material/download:"),
    ):
        st.download_button(
            _("Table (CSV)"), lambda: to_csv(next(iter(sheets().values()))), f"{name}.csv", "text/csv",
            key="download_csv", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            _("Workbook (XLSX)"), lambda: to_xlsx(sheets(), formats), f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="download_xlsx", on_click="ignore", width="stretch",
        )  # fmt: skip
