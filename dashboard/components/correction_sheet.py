"""The download of correction sheets: a workbook of all, or one export's as a workbook or as CSV."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.components.headline import Head, block_head
from dashboard.components.named_step import say
from dashboard.downloads.correction_file import correction_csv, correction_xlsx
from dashboard.theme import on_paper
from dashboard.translations import _, in_this_language


@dataclass(frozen=True)
class Corrections:
    """File name without ending, rows by sheet name when somebody asks for them, and whether it is one sheet."""

    file: str
    sheets: Callable[[], dict[str, pd.DataFrame]]
    single: bool


def correction_sheet(head: Head, notes: list[str], offered: Corrections | None) -> None:
    """What the sheets are good for, and the buttons; without an offer the notes say why there is none."""
    if on_paper():
        return
    block_head(*head)
    for note in notes:
        say(note)
    if offered is None:
        return
    sheets = offered.sheets
    as_xlsx = in_this_language(lambda: correction_xlsx(sheets()))
    as_csv = in_this_language(lambda: correction_csv(next(iter(sheets().values()))))
    with st.container(horizontal=True, gap="small", key="corrections"):
        st.download_button(
            _("Correction sheet (XLSX)"), as_xlsx, f"{offered.file}.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key="correction_xlsx", on_click="ignore",
        )  # fmt: skip
        if offered.single:
            st.download_button(
                _("Correction sheet (CSV)"), as_csv, f"{offered.file}.csv", "text/csv",
                key="correction_csv", on_click="ignore",
            )  # fmt: skip
