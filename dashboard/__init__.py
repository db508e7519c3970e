"""The Red Steward Board: screens over a published warehouse version."""
