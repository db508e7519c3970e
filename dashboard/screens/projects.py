"""Projects 实事: what have party members got done, how much of it, and are residents satisfied with it?"""

import streamlit as st

from dashboard.board import areas, projects
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import projects as words
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))

kinds, places = projects.kinds(board, period, area), projects.subdistricts(board, period)
if kinds.empty:
    nothing_here(words.no_projects(), footnotes(board))
figures, topics = projects.headline_figures(board, period, area), projects.topics(board)
outcomes = projects.outcomes(board, period)

headline(
    kicker(_("Projects"), period, [running_note(period, board.last_day)]),
    words.title(figures, topics, period),
    words.standfirst(figures, topics),
)
kpi_strip(words.kpis(figures, topics))

left, right = st.columns([7, 5], gap="large")
with left:
    plain_table(*words.outcomes_table(outcomes))
    plain_table(*words.progress_table(places, "subdistrict"))
with right:
    interval_rows(words.topics_head(topics), projects.all_topics(board), words.estimates(topics))
    plain_table(*words.progress_table(kinds, "kind"))

footnote(footnotes(board, metric_definition(metrics()[projects.FINISHED])))
with choices:
    offer_download(
        board, f"projects-{period.key}", words.sheets(outcomes, kinds, places, topics), projects.OUTCOME
    )
