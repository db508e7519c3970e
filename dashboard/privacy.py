"""What a screen may show of persons: masked names and phones, no breakdown of a small group."""

from pipelines.privacy import mask_name, mask_phone

__all__ = ["is_suppressed", "mask_name", "mask_phone"]


def is_suppressed(people: int, minimum_group: int) -> bool:
    """Whether a breakdown of people is withheld: fewer than the minimum, and not none at all."""
    return 0 < people < minimum_group
