"""How many cases a figure needs before it is compared with others; one place, so that all screens draw the line alike."""

# A rate of fewer wishes or located check-ins swings by ten points with a single one: it is shown, but not ranked.
FEWEST_TO_RANK = 10
