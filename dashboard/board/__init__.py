"""The only door to the warehouse: every function answers one question of a screen.

Answers are cached on the version string (and everything else that decides them), so a published build is used at
the next rerun and nobody ever sees half of two versions. Screens get frames and small records, never a connection.
"""
