"""The pieces of the task loop: the finding, the funnel and what belongs to it, what waits, the days, each task."""

from dashboard.board import areas, task_list, tasks
from dashboard.board.door import Serving
from dashboard.components.day_calendar import day_calendar
from dashboard.components.funnel import funnel
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table, plain_tables
from dashboard.components.small_multiples import small_multiples
from dashboard.components.stacked_bars import stacked_bars
from dashboard.translations import _
from dashboard.wording import task_list as one
from dashboard.wording import task_tables as tables
from dashboard.wording import tasks as words
from dashboard.wording.figures import kicker, running_note
from dashboard.wording.pieces import piece
from dashboard.wording.task_days import calendar
from pipelines.periods import Period


@piece
def finding(board: Serving, period: Period, area: str | None, process: str) -> None:
    """How many reach the end, and where the time goes."""
    steps = words.steps(
        tasks.step_counts(board, period, area)[process],
        tasks.step_times(board, period, area, process),
        process,
    )
    name = areas.selectable_areas(board).get(area or "", "")
    headline(
        kicker(_("Task loop"), period, [name, running_note(period, board.last_day)]),
        words.title(steps, period),
        words.standfirst(steps, tasks.closing(board, period, area), tasks.overdue(board, area)),
    )


@piece
def loop(board: Serving, period: Period, area: str | None, process: str) -> None:
    """Steps, their times, channels and difficulty."""
    times = tasks.step_times(board, period, area, process)
    funnel(*words.funnel(words.steps(tasks.step_counts(board, period, area)[process], times, process)))
    plain_table(*tables.times_table(times, process))
    small_multiples(*words.channels(tasks.rate_by_channel(board, period, area)))
    stacked_bars(*words.mix(tasks.difficulty_mix(board, period, area)))


@piece
def waiting(board: Serving, area: str | None) -> None:
    """What waits now, and what is overdue longest."""
    overdue = tables.overdue_table(tasks.overdue(board, area))
    plain_tables([tables.waiting_table(tasks.waiting(board, area)), overdue])


@piece
def categories(board: Serving, period: Period, area: str | None) -> None:
    """In-time rate by category."""
    plain_table(*tables.categories_table(tasks.by_category(board, period, area)))


@piece
def days(board: Serving, period: Period, area: str | None) -> None:
    """The calendar of published tasks."""
    day_calendar(*calendar(tasks.published_by_day(board, period, area), period, board.last_day))


@piece
def found(board: Serving, period: Period, area: str | None, state: str, sought: str, opened: str) -> None:
    """The tasks that were found, the open one marked."""
    listed = task_list.found(board, period, area, state, sought)
    plain_table(*one.list_table(listed, period, state, sought, board.data_until, opened))


@piece
def card(board: Serving, number: int | None) -> None:
    """Steps and claims of one task."""
    plain_tables(one.card(task_list.task(board, number)))
