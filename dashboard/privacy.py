"""Groups of persons too small to be broken down; names and phones are masked by `pipelines.privacy`."""


def is_suppressed(people: int, minimum_group: int) -> bool:
    """Whether a breakdown of people is withheld: fewer than the minimum, and not none at all."""
    return 0 < people < minimum_group
