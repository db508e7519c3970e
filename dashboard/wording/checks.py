"""The names of the checks in words."""

from dashboard.translations import _


def check_labels() -> dict[str, str]:
    """Check → what it found."""
    return {
        "points_off_rule": _("points outside the rule"),
        "verifier_is_claimant": _("verifier is the claimant"),
        "outside_district": _("outside the district"),
        "coordinate_offset": _("coordinates shifted"),
        "steward_code_mismatch": _("steward code mismatch"),
        "households_off_band": _("households outside the band"),
        "default_coordinate": _("one point shared by many"),
        "duplicate_person": _("duplicate person"),
        "roster_gap": _("gap in the roster"),
        "roster_overlap": _("overlap in the roster"),
        "reference_unchecked": _("reference not checked"),
    }
