"""The download button of a screen: its figures as CSV and as a workbook, its pictures as PNG."""

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from dashboard.components.picture_download import picture_download
from dashboard.downloads.csv_file import to_csv
from dashboard.downloads.xlsx_file import Formats, to_xlsx
from dashboard.theme import on_paper
from dashboard.translations import _, in_this_language


def download_menu(
    name: str, sheets: Callable[[], Mapping[str, pd.DataFrame]], formats: Callable[[], Formats]
) -> None:
    """`sheets` is asked only when somebody downloads, in the language of the screen; its first frame is the CSV."""
    if on_paper():
        return
    as_csv = in_this_language(lambda: to_csv(next(iter(sheets().values()))))
    as_xlsx = in_this_language(lambda: to_xlsx(sheets(), formats()))
    with (
        st.container(key="downloads", width="content"),
        st.popover(_("Download"), icon=":material/download:"),
    ):
        st.download_button(
            _("Table (CSV)"), as_csv, f"{name}.csv", "text/csv",
            key="download_csv", on_click="ignore", width="stretch",
        )  # fmt: skip
        st.download_button(
            _("Workbook (XLSX)"), as_xlsx, f"{name}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="download_xlsx", on_click="ignore", width="stretch",
        )  # fmt: skip
        picture_download(name)
