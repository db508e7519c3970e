"""Upload 上传与版本: bring exports in, see what they would do, publish; which versions are kept, who did what?"""

import streamlit as st

from dashboard.board import uploads, versions
from dashboard.board.authority import may_change
from dashboard.board.door import serving
from dashboard.components.decision_list import decision_list
from dashboard.components.drop_zone import drop_zone
from dashboard.components.filters import choose, filter_row
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.headline import headline
from dashboard.components.named_step import named_step, progress_bar, say
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import data_upload as words
from dashboard.wording import data_versions as kept_words
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
kept, trail = versions.kept_versions(board), versions.trail(board)
with filter_row():
    offer_download(board, "audit", lambda: kept_words.download(trail, kept))
headline([_("Upload and versions")], kept_words.title(board, kept), kept_words.standfirst(board))

left, right = st.columns([7, 6], gap="large")
with left:
    if uploads.is_running():
        with progress_bar() as report:
            uploads.follow(lambda step, share: report(words.step(step), share))
        st.rerun()
    said, bad = words.outcome(uploads.last_run())
    say(said, bad=bad)
    if not may_change():
        empty_state(*words.not_allowed())
    elif dropped := drop_zone(words.drop_words(), uploads.round_number(), uploads.MOST_MEGABYTES):
        with st.spinner(words.checking()):
            looked = uploads.look(board, dropped)
        plain_table(*words.check_table(looked))
        for note, refused in words.check_notes(looked):
            say(note, bad=refused)
        if words.publishable(looked) and (who := named_step("publish", words.publish_words(looked, board))):
            uploads.start(looked, who)
            st.rerun()
    else:
        decision_list(words.how_head(), words.how_steps())
with right:
    plain_table(*kept_words.version_table(kept))
    if may_change() and kept_words.others(kept):
        offered = kept_words.others(kept)
        chosen = choose("version", _("Version"), offered, next(iter(offered)), width=420)
        target = next(one for one in kept if one.id == chosen)
        if who := named_step("rollback", kept_words.rollback_words(target, board)):
            failed = versions.roll_back(board, chosen, who)
            say(failed, bad=True) if failed else st.rerun()
    plain_table(*kept_words.trail_table(trail))

footnote(footnotes(board))
