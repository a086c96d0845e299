"""Contrast over every pair of tokens that meets on a page, in both programmes, light and dark."""

import pytest

from tests.look.colours import contrast, looks

LOOKS = looks()
GROUNDS = ("bg", "surface", "raised", "card", "field", "inset")
TEXT = 4.5
SHAPE = 3.0

READ = [
    *[(ink, ground) for ink in ("text", "muted", "link", "brand", "accent", "error", "success", "info", "warn") for ground in GROUNDS],
    ("on-brand", "brand"),
    ("on-brand", "brand-hover"),
    ("on-accent", "accent"),
    *[(ink, "brand-tint") for ink in ("text", "link", "brand", "brand-hover")],
    *[(tone, f"{tone}-tint") for tone in ("error", "success", "info", "warn")],
    *[(ink, f"{tone}-tint") for ink in ("text", "link") for tone in ("error", "success", "info", "warn")],
    *[(f"step-{step}-ink", f"step-{step}-chip") for step in range(5)],
    *[(f"ramp-ink-{shade}", f"ramp-{shade}") for shade in range(5)],
]
SEEN = [
    *[("control-border", ground) for ground in GROUNDS],
    *[(f"step-{step}-edge", ground) for step in range(5) for ground in GROUNDS],
    *[(f"step-{step}-ink", f"step-{step}-chip") for step in range(5)],
    *[(tone, ground) for tone in ("brand", "error", "success", "info", "warn") for ground in GROUNDS],
    ("scene-4", "card"),
    ("ramp-edge", "card"),
]


def too_faint(look: str, pairs: list[tuple[str, str]], least: float) -> list[str]:
    colours = LOOKS[look]
    measured = [(one, other, contrast(colours[one], colours[other])) for one, other in pairs]
    return [f"{one} on {other}: {ratio:.2f}" for one, other, ratio in measured if ratio < least]


@pytest.mark.parametrize("look", LOOKS)
def test_all_text_can_be_read(look):
    assert too_faint(look, READ, TEXT) == []


@pytest.mark.parametrize("look", LOOKS)
def test_controls_and_shapes_can_be_seen(look):
    assert too_faint(look, SEEN, SHAPE) == []


@pytest.mark.parametrize("look", LOOKS)
def test_one_tone_of_the_focus_ring_stands_out_from_whatever_lies_under_it(look):
    colours = LOOKS[look]
    tones = (colours["focus-in"], colours["focus-out"])
    assert contrast(*tones) >= SHAPE
    for ground in (*GROUNDS, "brand", "brand-tint", "error-tint"):
        assert max(contrast(tone, colours[ground]) for tone in tones) >= SHAPE, ground


def test_steps_are_told_apart_by_lightness_in_the_ramp():
    for look, colours in LOOKS.items():
        ramp = [colours[f"ramp-{shade}"] for shade in range(5)]
        ratios = [contrast(one, other) for one, other in zip(ramp, ramp[1:], strict=False)]
        assert min(ratios) > 1.2, look


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#767676", "#FFFFFF", 4.54), ("#3D2FA6", "#F5F5FB", 9.0)]
)
def test_the_formula_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.05)


def test_a_faint_pair_would_be_seen():
    assert too_faint("dreams-light", [("line", "bg")], SHAPE) == ["line on bg: 1.39"]
