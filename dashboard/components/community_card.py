"""One community on its own screen: its line, its place in every metric, its people by class, its sites."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.area_card import CardChart, Standing, card_line, standing_table
from dashboard.components.headline import Head, block_head
from dashboard.components.plain_table import Bar, Column, plain_table


@dataclass(frozen=True)
class ClassTable:
    """Title, reading, columns, rows and note of the people by class."""

    title: str
    subtitle: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | Bar]]
    note: str


def community_card(
    head: Head,
    chart: CardChart,
    standings: Sequence[Standing],
    communities: int,
    classes: ClassTable,
    sites: Head,
) -> None:
    """Draw the card; `communities` is how many the standings are among."""
    card_line(head, chart)
    standing_table(standings, communities)
    plain_table(classes.title, classes.subtitle, classes.columns, classes.rows, classes.note)
    block_head(*sites)
