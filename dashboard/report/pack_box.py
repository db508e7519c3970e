"""The pack on the screen: a button that begins it, a bar while it is made, a button that fetches it."""

import streamlit as st

from dashboard.board.door import Serving
from dashboard.components.headline import block_head
from dashboard.components.named_step import progress_bar, say
from dashboard.components.pack_download import fetch_button, make_button
from dashboard.report import pack_job
from dashboard.wording import monthly_report as words
from pipelines.periods import Period


def pack_box(board: Serving, month: Period, passages: tuple[str, ...]) -> None:
    """Draw the head and whatever the pack of this month, version and text has come to."""
    block_head(*words.pack_head())
    job = pack_job.job_of(board, month, passages)
    if job is None:
        if make_button("pack_make", words.make_label()):
            pack_job.start(board, month, passages)
            st.rerun()
        return
    with progress_bar() as report:
        pack_job.follow(job, lambda step, share: report(words.step_words(step), share))
    say(job.fault, bad=True)
    if (archive := job.result) is not None:
        fetch_button("pack_fetch", words.fetch_label(len(archive.content)), archive.content, archive.name)
        for note in (words.files_made(archive.files), *archive.notes):
            say(note)
