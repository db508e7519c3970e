"""The board: page frame, language, navigation, and what to say when no version can serve."""

from contextlib import suppress

import streamlit as st

from dashboard.board.door import serving, warehouse_folder
from dashboard.components.footnote import empty_state
from dashboard.components.language_switch import language_switch
from dashboard.components.meeting_button import meeting_button, meeting_instead
from dashboard.components.page import desk, page_frame
from dashboard.components.page_sheet import begin_sheet, entitle
from dashboard.selection import asked, keep
from dashboard.theme import on_paper
from dashboard.translations import _, use_language
from dashboard.wording.no_warehouse import no_warehouse
from pipelines.faults import Fault

language = use_language(asked("lang"))
if asked("lang"):
    keep("lang", language)
page_frame(_("Red Steward Board"))

screens = {
    "": [
        st.Page("screens/overview.py", title=_("Overview"), default=True),
        st.Page("screens/district_map.py", title=_("Map"), url_path="map"),
        st.Page("screens/units.py", title=_("Units"), url_path="units"),
        st.Page("screens/tasks.py", title=_("Task loop"), url_path="tasks"),
        st.Page("screens/surveys.py", title=_("Satisfaction · safety"), url_path="surveys"),
    ],
    _("Rankings"): [
        st.Page("screens/communities.py", title=_("Communities"), url_path="communities"),
        st.Page("screens/stewards.py", title=_("Stewards"), url_path="stewards"),
        st.Page("screens/honours.py", title=_("Honours"), url_path="honours"),
        st.Page("screens/unit_accounts.py", title=_("Units: accounts"), url_path="unit-accounts"),
        st.Page("screens/what_if.py", title=_("Units: what if"), url_path="what-if"),
        st.Page("screens/publication.py", title=_("Units: publishing"), url_path="publication"),
    ],
    _("Processes"): [
        st.Page("screens/points.py", title=_("Points"), url_path="points"),
        st.Page("screens/wishes.py", title=_("Wishes"), url_path="wishes"),
        st.Page("screens/checkins.py", title=_("Check-ins"), url_path="checkins"),
        st.Page("screens/safety.py", title=_("Three zeros"), url_path="safety"),
        st.Page("screens/projects.py", title=_("Projects"), url_path="projects"),
    ],
    _("Tools"): [
        st.Page("screens/monthly_report.py", title=_("Monthly report"), url_path="report"),
        st.Page("screens/explore.py", title=_("Explore"), url_path="explore"),
        st.Page("screens/query.py", title=_("SQL query"), url_path="query"),
        st.Page("screens/data.py", title=_("Data"), url_path="data"),
        st.Page("screens/upload.py", title=_("Upload and versions"), url_path="upload"),
        st.Page("screens/definitions.py", title=_("Definitions"), url_path="definitions"),
    ],
}
meeting = asked("mode") == "meeting"
if meeting:
    screens = meeting_instead(screens)
screen = st.navigation(screens, position="hidden" if on_paper() or meeting else "top")
if not (on_paper() or meeting):
    meeting_button()
    language_switch()

begin_sheet(screen.title)
if warehouse_folder() is None:
    empty_state(*no_warehouse())
    st.stop()
with suppress(Fault):  # the screen says what is at fault
    entitle((board := serving()).district.name, board.last_day)
desk(screen)
