"""Honours 荣誉: stars of every month, medals of the year, who has them and who could be next?"""

from functools import partial

import streamlit as st

from dashboard.board import areas, honours
from dashboard.board.door import metrics, serving
from dashboard.board.people import names as known_names
from dashboard.components.filters import choose, choose_area, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.translations import _
from dashboard.wording import honour_pieces as pieces
from dashboard.wording import honours as words
from dashboard.wording.figures import metric_definition
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
choices = filter_row()
with choices:
    year = choose_period(board.first_day, board.last_day, ("year",))
    area = choose_area(areas.selectable_areas(board), areas.community_count(board))
if not honours.kinds(board, year, area):
    nothing_here(words.no_honours(elsewhere=bool(honours.kinds(board, year, None))), footnotes(board))

pieces.finding(board, year, area)
left, right = st.columns([7, 5], gap="large")
with left:
    pieces.stars(board, year, area)
    offered = words.row_choices(len(honours.counted(board, year, area).communities))
    folded = choose("rows", _("Rows"), offered, "key", control="segments") == "key"
    pieces.communities(board, year, area, folded)
with right:
    pieces.classes(board, year, area)
    chosen = choose("list", _("List"), words.list_choices(), "medals", control="segments")
    stars = honours.stars(board, year, area)
    month = stars.latest
    if chosen == "stars":
        month = stars.month(choose("month", _("Month"), words.month_choices(stars), month.key))
    pieces.people(board, choice := honours.Choice(chosen, year, month, area))

footnote(footnotes(board, metric_definition(metrics()["medal_share"]), known_names(board).fault))
with choices:
    offer_download(board, f"honours-{year.key}", partial(pieces.sheets, board, choice))
