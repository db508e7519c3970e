"""Check-ins of the cadres at the registered point of their community: most near, some far, a few at the edge."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.geo import EARTH_RADIUS_M, from_wgs84, to_wgs84
from pipelines.sample.columns import codes, decimals, moments_column, running_numbers, texts
from pipelines.sample.geography import Floats, Geography, to_degrees
from pipelines.sample.people import People
from pipelines.sample.plan import Plan, month_code
from pipelines.sample.seasons import moments

Ints = NDArray[np.int64]
Moments = NDArray[np.datetime64]

_TOO_FAR = 0.065
_AT_THE_EDGE = (49.9, 50.1)


def make_checkins(
    plan: Plan, geography: Geography, people: People, month: np.datetime64, wanted: Ints
) -> tuple[Ints, Moments, pa.Table]:
    """The check-ins of a month: who, when (of the valid ones only, in order of time) and the export.

    `wanted` counts the valid check-ins of each cadre in this month; others come on top.
    """
    rng = plan.stream("checkins", month_code(month))
    cadres = people.cadres
    valid = np.repeat(cadres, wanted)
    far = rng.choice(valid, size=round(len(valid) * _TOO_FAR)) if len(valid) else valid
    edge = valid[:: max(1, len(valid) // len(_AT_THE_EDGE))][: len(_AT_THE_EDGE)]
    steward = np.concatenate([valid, far, edge])
    reach = np.concatenate(
        [
            np.minimum(np.abs(rng.normal(0, 17, len(valid))), 44.0),
            np.exp(rng.normal(5.2, 0.8, len(far))).clip(57, 4_000),
            np.array(_AT_THE_EDGE[: len(edge)]),
        ]
    )
    order = rng.permutation(len(steward))
    steward, reach = steward[order], reach[order]
    at = moments(rng, month, len(steward))
    registered = to_degrees(geography.points)[people.community[steward]]
    degrees = _at_distance(registered, reach, rng.uniform(0, 2 * np.pi, len(steward)))
    if plan.small:
        # The phones of one community tell WGS-84: all its check-ins look half a kilometre away.
        own = people.community[steward] == geography.count - 1
        told = to_wgs84(degrees[own, 0], degrees[own, 1], "gcj02")
        degrees[own] = np.column_stack(told).round(7)
    counted = reach <= 50
    table = pa.table(
        {
            "checkin_id": codes("K", running_numbers(month_code(month), plan.sequence_width, len(steward))),
            "steward_id": people.steward_id.take(pa.array(steward)),
            "community_code": texts(geography.codes, people.community[steward]),
            "checked_in_at": moments_column(at),
            "longitude": decimals(degrees[:, 0]),
            "latitude": decimals(degrees[:, 1]),
        }
    )
    return steward[counted], at[counted], table


def _at_distance(registered: Floats, metres: Floats, bearing: Floats) -> Floats:
    """GCJ-02 points at a great-circle distance, measured in WGS-84, from registered points in GCJ-02.

    Laid out on a plane: within a few kilometres that is right to the millimetre in a hundred metres.
    Seven decimals (1 cm), as phones write them.
    """
    middle = to_wgs84(registered[:, 0], registered[:, 1], "gcj02")
    north = np.degrees(metres * np.cos(bearing) / EARTH_RADIUS_M)
    east = np.degrees(metres * np.sin(bearing) / (EARTH_RADIUS_M * np.cos(np.radians(middle.latitude))))
    spots = from_wgs84(middle.longitude + east, middle.latitude + north, "gcj02")
    return np.column_stack(spots).round(7)
