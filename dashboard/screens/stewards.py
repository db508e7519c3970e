"""Stewards 红管家: how many of each class, how far towards their own target, and how persons compare in three frames."""

import streamlit as st

from dashboard.board import areas, frames, stewards
from dashboard.board.door import metrics, serving
from dashboard.board.people import names as known_names
from dashboard.components.class_progress import class_progress
from dashboard.components.filters import choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.frame_lists import frame_lists
from dashboard.components.headline import block_head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.person_search import person_search
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import frames as compared
from dashboard.wording import stewards as words
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.headlines import strip
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    period = choose_period(board.first_day, board.last_day)
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
groups = frames.groups(board, period)
if not groups["community"]:
    nothing_here(words.no_stewards(), footnotes(board))

names, minimum = known_names(board), board.district.privacy.minimum_group
figures, year = stewards.headline_figures(board, period, area), stewards.year_of(board, period)
classes, places = stewards.class_progress(board, period, area), stewards.subdistricts(board, period, area)
where = kicker(_("Stewards"), period, [running_note(period, board.last_day)])
headline(where, words.title(figures, classes, minimum), words.standfirst(figures, year, board.last_day))
kpi_strip(strip(figures))

left, right = st.columns([7, 5], gap="large")
with left:
    class_progress(words.progress_head(classes, year, minimum), words.progress_rows(classes, minimum))
with right:
    plain_table(*words.classes_table(stewards.headcounts(board, period, area), classes, minimum))
plain_table(*words.subdistricts_table(places))

if board.district.burden_relief:
    block_head(*compared.relief())
else:
    code = person_search(*compared.search_words(), compared.finder(board, period))
    person = frames.person(board, period, code) if code else None
    block_head(*compared.frames_head(person, code, names))
    frame_lists(compared.frame_choices(groups, person, area), compared.lister(board, period, code, names))

footnote(footnotes(board, metric_definition(metrics()[stewards.TARGET]), names.fault))
with choices:
    offer_download(board, f"stewards-{period.key}", lambda: words.download(classes, places, minimum))
