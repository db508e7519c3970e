"""One sample district of programme D, from its plan to the files that its office hands over."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from pipelines.sample.areas import DISTRICT_CODE, area_table
from pipelines.sample.correction import with_mistakes
from pipelines.sample.delivery import Delivery
from pipelines.sample.dirt import dirty_lines, quoted_lines
from pipelines.sample.forms import corrected, form_of
from pipelines.sample.geography import boundaries_geojson
from pipelines.sample.months import happenings
from pipelines.sample.participation import make_projects
from pipelines.sample.places import site_table
from pipelines.sample.plan import Plan, end_of, first_day, last_day, month_code, year_of
from pipelines.sample.roster import roster_table
from pipelines.sample.settings import settings_text
from pipelines.sample.units import unit_table
from pipelines.sample.world import World, make_world
from pipelines.sample.writing import Form, write_export


def write_district(plan: Plan, folder: Path) -> None:
    """Write all files of a district into an existing folder, one month at a time."""
    world = make_world(plan)
    (folder / "district.toml").write_bytes(settings_text(plan).encode())
    (folder / "boundaries.geojson").write_bytes(boundaries_geojson(world.geography).encode())
    roster = roster_table(plan, world.geography, world.units, world.people)
    sites = site_table(plan, world.geography, world.places)
    clerk = _Clerk(plan, folder)
    clerk.hand_over("areas", plan.eve, area_table(plan, world.geography, world.places), Form(bom=True))
    clerk.hand_over("units", plan.eve, unit_table(world.geography, world.units), Form(bom=True))
    clerk.hand_over("sites", plan.eve, sites, Form())
    clerk.hand_over("stewards", plan.eve, clerk.as_of_eve(roster), Form(bom=True))
    merchants = [code for code in sites["site_id"].to_pylist() if code.startswith("S")]
    projects = _projects(world)
    for month, tables in zip(plan.months, happenings(world, DISTRICT_CODE, merchants), strict=True):
        tables["stewards"] = _of_month(roster, "joined_on", month)
        tables["projects"] = _of_month(projects, "started_on", month)
        clerk.close_month(month, tables)


def _projects(world: World) -> pa.Table:
    years = sorted({year_of(month) for month in world.plan.months})
    return pa.concat_tables(
        [make_projects(world.plan, world.geography, world.people, year) for year in years]
    )


def _of_month(table: pa.Table, column: str, month: np.datetime64) -> pa.Table:
    """Rows that begin in a month."""
    return table.filter(pa.array(table[column].to_numpy().astype("datetime64[M]") == month))


class _Clerk:
    """Hands over the exports: what is new and what changed, with the slips of an office."""

    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._folder = folder
        self._delivery = Delivery()
        self._dirty: set[str] = set()

    def as_of_eve(self, roster: pa.Table) -> pa.Table:
        """The roster before the first month, without those who had left by then."""
        eve = self._plan.eve
        joined, left = (roster[name].to_numpy().astype("datetime64[D]") for name in ("joined_on", "left_on"))
        there = roster.filter(pa.array((joined <= eve) & ~(left <= eve)))
        return self._delivery.of_month("stewards", there, end_of(eve), end_of(eve))

    def close_month(self, month: np.datetime64, tables: dict[str, pa.Table]) -> None:
        """All exports of a month, dated its last day; an earlier month corrected where it is time."""
        before, until = end_of(first_day(month) - 1), end_of(last_day(month))
        wrong_month, corrected_on = corrected(self._plan.small)
        for export, new in tables.items():
            table = self._delivery.of_month(export, new, before, until)
            if export == "points" and month == wrong_month:
                rng = self._plan.stream("correction", month_code(month))
                table, right = with_mistakes(rng, table)
                remark = f"_{str(month)[5:].lstrip('0')}月更正"
                self._write(export, corrected_on, right, Form(bom=True, remark=remark), clean=True)
            if table.num_rows:
                self._write(export, last_day(month), table, form_of(export, month, self._plan.small))

    def hand_over(self, export: str, day: np.datetime64, table: pa.Table, form: Form) -> None:
        """An export of its own day, as it is."""
        self._write(export, day, table, form)

    def _write(
        self, export: str, day: np.datetime64, table: pa.Table, form: Form, *, clean: bool = False
    ) -> None:
        lines = []
        if not clean:
            rng = self._plan.stream(f"dirt in {export}", int(day.astype(int)))
            every_kind = self._plan.small and export not in self._dirty
            self._dirty.add(export)
            lines = dirty_lines(rng, export, table, form.delimiter, every_kind=every_kind, stray=form.stray)
            if form.stray and "title" in table.column_names:
                lines += quoted_lines(rng, table, "title", form.delimiter)
        write_export(self._folder, export, day, table, form, lines)
