"""Surveys 满意度·安全感: how satisfied and safe do residents feel, is a change more than chance, who differs?"""

import streamlit as st

from dashboard.board import areas, surveys
from dashboard.board.door import metrics, serving
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose, choose_area, filter_row
from dashboard.components.footnote import empty_state, footnote
from dashboard.components.headline import headline
from dashboard.components.interval_charts import axis_span, interval_rows, wave_chart
from dashboard.components.plain_table import Column, plain_table
from dashboard.translations import _
from dashboard.wording import surveys as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes

board = serving()
with filter_row():
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
    names = {survey: words.survey_label(survey) for survey in surveys.METRIC_OF if surveys.wave_names(board, survey)}
    if not names:
        empty_state(_("No survey has been loaded"), _("Put the exports of satisfaction or safety into the inbox and build again."))
        st.stop()
    survey = choose("survey", _("Survey"), names, "satisfaction" if "satisfaction" in names else next(iter(names)))
    download_menu("surveys", lambda: words.download(waves, communities), words.DOWNLOAD_FORMATS)

waves = {name: surveys.waves(board, name, area) for name in names}
changes = {name: surveys.change(frame) for name, frame in waves.items()}
shown = {name: words.estimates(frame) for name, frame in waves.items() if len(frame)}
district = surveys.waves(board, survey, None).iloc[-1]
communities = surveys.by_area(board, survey, district["period"], "community")

headline(
    [_("Satisfaction · safety"), district["period"]],
    words.title(waves.get("safety", communities[:0]), waves.get("satisfaction", communities[:0]), changes),
    words.standfirst(waves.get("satisfaction", communities[:0]), changes.get("satisfaction")),
)
left, right = st.columns([7, 5], gap="large")
with left:
    span = max(axis_span(estimates) for estimates in shown.values())
    answers = {"safety": board.district.surveys.safe, "satisfaction": board.district.surveys.satisfied}
    for place, (name, estimates) in enumerate(shown.items()):
        wave_chart(words.wave_title(name, estimates, changes[name]), words.wave_subtitle(answers[name]), estimates, span, place > 0)
with right:
    rows = words.areas(surveys.by_area(board, survey, district["period"], "subdistrict"), "subdistrict")
    interval_rows(words.areas_title(survey, rows, district["value"]), words.areas_subtitle(survey, district["value"]), district["value"], rows)
    ranked = words.rankable(communities, board.district.surveys.minimum_n)
    plain_table(
        words.rankable_title(ranked, communities),
        _("n ≥ {minimum} to be ranked; below, those with the lowest lower bounds").format(minimum=board.district.surveys.minimum_n),
        [Column(_("Community")), Column(words.survey_label(survey)), Column(_("Lower bound"), "r"), Column(_("Upper bound"), "r"), Column("n", "r")],
        words.rankable_rows(ranked),
    )  # fmt: skip

footnote(footnotes(board, metric_definition(metrics()[surveys.METRIC_OF[survey]])))
