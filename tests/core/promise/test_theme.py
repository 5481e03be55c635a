"""A company's colours: the contrast of WCAG 2.2, what follows from six properties, and what is too faint."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fiel.core.promise.theme import DARK, LIGHT, Theme, contrast, faint, palettes, spelt_out
from tests.house.tree import PACKAGE

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
PLAIN = re.compile(
    r":root \{ [-a-z0-9#:; ]+\}\n@media \(prefers-color-scheme: dark\) \{ :root \{ [-a-z0-9#:; ]+\} \}\n"
)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#949494", "#ffffff", 3.03),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """Known pairs have their known ratio, whichever of the two is named first."""
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@given(one=COLOURS, other=COLOURS)
def test_contrast_is_from_one_to_twenty_one(one: str, other: str) -> None:
    """Of no pair it is anything else."""
    assert 1.0 <= contrast(one, other) <= 21.0


def test_fiels_own_colours_can_be_read() -> None:
    """By day and by night no pair of its own is too faint."""
    assert faint(Theme(light={}, dark={})) == ()


def test_fiels_own_colours_are_those_of_the_style_sheet() -> None:
    """What is weighed here is what `paper.css` says, by day and by night."""
    sheet = (PACKAGE / "web" / "static" / "paper.css").read_text(encoding="utf-8")
    day, night = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    for palette, rule in ((LIGHT, day), (DARK, night)):
        written = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", rule))
        assert written == {name: getattr(palette, name) for name in written}
        assert len(written) == 9


def test_what_is_not_set_is_fiels_own() -> None:
    """A company that sets one colour changes that one, and nothing by night."""
    assert palettes(Theme(light={"accent": "#7a1f3d"}, dark={}))[0].paper == LIGHT.paper
    assert palettes(Theme(light={"accent": "#7a1f3d"}, dark={})) != palettes(Theme(light={}, dark={}))
    assert palettes(Theme(light={"accent": "#7a1f3d"}, dark={}))[1] == DARK


def test_what_is_too_faint_is_found_with_its_ratio() -> None:
    """A pale accent and an ink near the paper are found, by day and by night, and how far they fall short."""
    pale = faint(Theme(light={"accent": "#9fbfc4"}, dark={}))
    assert {(each.scheme, each.above) for each in pale} == {("light", "accent")}
    assert all(each.ratio < each.least == 4.5 for each in pale)
    night = faint(Theme(light={}, dark={"ink": "#445055"}))
    assert {each.scheme for each in night} == {"dark"}
    assert {each.above for each in night} >= {"ink", "quiet"}


@given(paper=COLOURS, ink=COLOURS, accent=COLOURS)
def test_a_theme_that_passes_can_be_read(paper: str, ink: str, accent: str) -> None:
    """Whatever a company sets, what is not found reaches the contrast: of all that follows from it, too."""
    theme = Theme(light={"paper": paper, "ink": ink, "accent": accent}, dark={})
    palette = palettes(theme)[0]
    named = {each.above for each in faint(theme)}
    if "quiet" not in named:
        assert min(contrast(palette.quiet, ground) for ground in (palette.paper, palette.sheet, palette.soft)) >= 4.5
    if "edge" not in named:
        assert min(contrast(palette.edge, ground) for ground in (palette.paper, palette.sheet)) >= 3.0


def test_a_colour_is_spelt_in_one_way() -> None:
    """Three digits and capitals are the same colour as six small ones."""
    assert spelt_out("#ABC") == spelt_out("#AABBCC") == spelt_out("#aabbcc") == "#aabbcc"
