"""Surveys 满意度·安全感: how satisfied and safe do residents feel, is a change more than chance, who differs?"""

import streamlit as st

from dashboard.board import areas, surveys
from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, choose_area, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.interval_charts import interval_rows, wave_charts
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import surveys as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
held = surveys.held(board)
if not held:
    nothing_here(words.no_surveys(), footnotes(board))
choices = filter_row()
with choices:
    names = areas.selectable_areas(board)
    area = choose_area(names, areas.community_count(board))
    survey = choose("survey", _("Survey"), words.survey_labels(held), held[-1])

waves = {name: surveys.waves(board, name, area) for name in held}
changes = {name: surveys.change(frame) for name, frame in waves.items()}
district = surveys.latest(board, survey)
subdistricts = surveys.by_area(board, survey, district, "subdistrict")
communities = surveys.by_area(board, survey, district, "community")
minimum = board.district.surveys.minimum_n

headline(
    [_("Satisfaction · safety"), district.wave, names.get(area or "", "")],
    words.title(waves, changes),
    words.standfirst(survey, waves, changes),
)
left, right = st.columns([7, 5], gap="large")
with left:
    wave_charts(words.wave_charts(waves, changes, board.district.surveys))
with right:
    rows = words.estimates_of(subdistricts, "subdistrict")
    interval_rows(words.areas_head(survey, rows, district.value), district.value, rows)
    plain_table(*words.communities_table(survey, communities, minimum))

footnote(footnotes(board, metric_definition(metrics()[surveys.METRIC_OF[survey]])))
with choices:
    offer_download(board, "surveys", lambda: words.download(waves, communities), *surveys.METRIC_OF.values())
