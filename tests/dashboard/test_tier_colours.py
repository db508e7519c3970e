"""Tier colours stay apart for everybody: ordinary sight, the two common colour blindnesses, and a print in grey."""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.components import sheet_parts
from dashboard.theme import DARK, LIGHT, Palette

Colour = NDArray[np.float64]

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
LUMINANCE = TO_XYZ[1]


def linear(colour: str) -> Colour:
    parts = np.array([int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: Colour) -> Colour:
    """CIELAB of linear RGB under D65."""
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def grey(rgb: Colour) -> Colour:
    return np.repeat(LUMINANCE @ rgb, 3)


SIGHTS: dict[str, Callable[[Colour], Colour]] = {
    "ordinary": lambda rgb: rgb,
    "deuteranopia": lambda rgb: DEUTERANOPIA @ rgb,
    "protanopia": lambda rgb: PROTANOPIA @ rgb,
    "greyscale": grey,
}
# The smallest ΔE*ab (1976) between two tiers that a palette must keep. In grey the shapes help; 2.3 can just be seen.
LEAST = {
    "light": {"ordinary": 28.0, "deuteranopia": 20.0, "protanopia": 20.0, "greyscale": 12.0},
    "dark": {"ordinary": 20.0, "deuteranopia": 15.0, "protanopia": 15.0, "greyscale": 6.0},
}


def smallest(palette: Palette, sight: str) -> float:
    seen = [lab(SIGHTS[sight](linear(colour))) for colour in palette.tiers]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))


def test_the_conversion_is_that_of_the_standard():
    assert lab(linear("#FFFFFF")) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert np.ptp(DEUTERANOPIA @ linear("#808080")) < 1e-3


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("name", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_tiers_stay_apart(name, palette, sight):
    assert smallest(palette, sight) >= LEAST[name][sight]


@pytest.mark.parametrize("sight", ["deuteranopia", "protanopia", "greyscale"])
def test_a_traffic_light_would_fail(sight):
    """The threshold can fail: green, amber and red of the usual kind do not stay apart for everybody."""
    usual = Palette(**{**LIGHT.__dict__, "tiers": ("#2E9E4F", "#7FB83D", "#E0A030", "#D0452F")})
    assert smallest(usual, sight) < LEAST["light"][sight]


def test_the_sheets_of_a_meeting_have_the_colours_of_the_board():
    css = (Path(sheet_parts.__file__).parent / "sheet_bodies.css").read_text("utf-8")
    said = {
        name: (light, dark)
        for name, light, dark in re.findall(r"--([\w-]+):light-dark\((#\w{6}),(#\w{6})\)", css)
    }
    for name, field in (("tier", "tiers"), ("div", "diverging"), ("seq", "sequential")):
        for place, colours in enumerate(
            zip(getattr(LIGHT, field), getattr(DARK, field), strict=True), start=1
        ):
            assert said[f"{name}-{place}"] == colours
    for name in ("page", "band", "ink", "muted", "comparison", "gold", "teal"):
        assert said[name] == (getattr(LIGHT, name), getattr(DARK, name))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_tiers_stand_out_from_the_page(palette):
    page = lab(linear(palette.page))
    assert min(float(np.linalg.norm(lab(linear(one)) - page)) for one in palette.tiers) >= 35
