"""Everything about a sample district that stays the same from month to month."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.claims import eagerness
from pipelines.sample.geography import Floats, Geography, make_geography
from pipelines.sample.people import People, make_people
from pipelines.sample.places import Places, make_places
from pipelines.sample.plan import Plan
from pipelines.sample.quotas import Quotas, make_quotas
from pipelines.sample.stories import Stories, make_stories
from pipelines.sample.units import Units, make_units

# What a cadre of a good unit earns in a month, roughly.
_USUAL_QUOTA = 65


@dataclass(frozen=True)
class World:
    """Places, people, units and what is in store for them."""

    plan: Plan
    geography: Geography
    places: Places
    units: Units
    people: People
    stories: Stories
    quotas: Quotas
    eager: Floats

    def claim_weight(self, active: NDArray[np.bool_], quota: NDArray[np.int64]) -> Floats:
        """How eagerly each person claims in a month: cadres as much as they are to earn."""
        weight = np.where(active, self.eager, 0.0)
        weight[self.people.cadres] *= quota / _USUAL_QUOTA
        return weight


def make_world(plan: Plan) -> World:
    """Lay out the district of a plan."""
    geography = make_geography(plan)
    units = make_units(plan, geography)
    people = make_people(plan, geography, units)
    return World(
        plan,
        geography,
        make_places(plan, geography),
        units,
        people,
        make_stories(plan, geography),
        make_quotas(plan, people, units),
        eagerness(plan, people),
    )
