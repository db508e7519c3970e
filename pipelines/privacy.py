"""Masking of personal data, for every way out of the warehouse."""

MASK = "*"


def mask_name(name: str) -> str:
    """王小明 → 王**; a single character stays, for it is all there is of a family name."""
    return name[:1] + MASK * (len(name) - 1) if name else name


def mask_phone(phone: str) -> str:
    """13812341234 → 138****1234; a number too short to hide anything in is masked whole."""
    digits = phone.strip()
    return digits[:3] + MASK * (len(digits) - 7) + digits[-4:] if len(digits) > 7 else MASK * len(digits)
