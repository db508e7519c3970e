"""Which figures may be compared with others; one place, so that screens, sheets and the report draw the line alike."""

from datetime import date, timedelta

from pipelines.periods import Period

# A rate of fewer wishes or located check-ins swings by ten points with a single one: it is shown, but not ranked.
FEWEST_TO_RANK = 10

# Figures about what began in the period, by what had become of it at data until: they go on changing after its end.
# Left out are shares among what is done already (passed, five stars, in time), which work to come moves either way.
SETTLING = frozenset(
    {
        "completion_rate", "verification_rate", "self_verified",
        "tasks_claimed", "tasks_completed", "tasks_verified", "task_claim_rate", "tasks_unclaimed", "claims_per_task",
        "closing_rate", "tasks_open", "tasks_overdue",
        "wishes_adopted", "wishes_fulfilled", "wish_adoption_rate", "wish_fulfilled_rate", "wishes_open",
        "projects_finished_rate",
    }
)  # fmt: skip
_SETTLED_AFTER = timedelta(days=30)


def is_settled(metric: str, period: Period, last_day: date) -> bool:
    """Whether a metric of the period may be compared with other periods, as the data stand at their last day.

    What began in a period that has hardly ended has had less time than what began in the one before, so that the share
    done of it always looks worse: a period is not set against others for so long, neither by 环比 and 同比 nor in a
    class of colours that other months have made. Areas, categories or units of one and the same period have all had the
    same time: comparing those is right on the first day, and nobody is spared it.
    """
    return metric not in SETTLING or last_day - period.end >= _SETTLED_AFTER
