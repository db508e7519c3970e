"""Honours 荣誉: stars of every month, medals of the year, who has them and who could be next?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, honours
from dashboard.board.door import metrics, serving
from dashboard.board.people import names as known_names
from dashboard.components.column_chart import column_chart
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.folded_table import folded_table, places_table
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import block_head, headline
from dashboard.components.kpi_strip import kpi_strip
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import honours as words
from dashboard.wording.figures import kicker, metric_definition, running_note
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    year = choose_period(board.first_day, board.last_day, ("year",))
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
if not honours.kinds(board, year, area):
    nothing_here(words.no_honours(), footnotes(board))

stars, medals = honours.stars(board, year, area), honours.medal_counts(board, year, area)
figures = honours.headline_figures(board, year, area)
headline(
    kicker(_("Honours"), year, [running_note(year, board.last_day)]),
    words.title(figures, year, year.is_running(board.last_day)),
    words.standfirst(medals, stars.latest, honours.communities_with_a_star(board, stars.latest, area)),
)
kpi_strip(words.kpis(figures, medals, honours.medal_counts_before(board, year, area)))

names, counted = known_names(board), honours.counted(board, year, area)
left, right = st.columns([7, 5], gap="large")
with left:
    column_chart(words.stars_head(stars, stars.latest.is_running(board.last_day)), words.star_bins(stars))
    block_head(*words.communities_head(communities := counted.communities))
    folded = choose("rows", _("Rows"), words.row_choices(communities), "key", control="segments") == "key"
    rows, kept = words.community_rows(communities), words.kept(len(communities), folded)
    folded_table(words.community_columns(), rows, kept, _("{count} communities"))
with right:
    plain_table(*words.classes_table(counted.classes))
    chosen = choose("list", _("List"), words.list_choices(), "medals", control="segments")
    month = stars.latest
    if chosen == "stars":
        month = stars.month(choose("month", _("Month"), words.month_choices(stars), stars.latest.key))
    choice = honours.Choice(chosen, year, month, area)
    people = honours.first_people(board, choice)
    block_head(*words.people_head(people, choice, names))
    listed = words.people_rows(people.listed, chosen, names)
    places_table(words.people_columns(), listed, people.count, _("{count} more people"))

footnote(footnotes(board, metric_definition(metrics()["medal_share"]), names.fault))
with choices:
    everyone = partial(honours.everyone, board, choice)
    offer_download(board, f"honours-{year.key}", lambda: words.download(counted, everyone(), names, chosen))
