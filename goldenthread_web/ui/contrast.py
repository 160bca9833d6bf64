"""Can everybody read these colours? Contrast as WCAG 2.2 defines it, and the pairs a council may choose."""

import re
from dataclasses import dataclass

from goldenthread.ingest.extract import Refused

TEXT = 4.5  # level AA for text of any size (success criterion 1.4.3)
PAPER = "#ffffff"
TINT = "#f3f5f7"  # panels and striped rows; base.css has the same value

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, kw_only=True)
class Colours:
    """What a council chooses: its own colour, the text on it, and the colour of links."""

    brand: str = "#14304a"
    on_brand: str = "#ffffff"
    link: str = "#0f4c81"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def refuse_unreadable(colours: Colours) -> None:
    """Refused, with one sentence, where a pair of the council's colours is hard to read."""
    for setting, value in (
        ("colour", colours.brand),
        ("text_on_colour", colours.on_brand),
        ("link_colour", colours.link),
    ):
        if not isinstance(value, str) or not _HEX.fullmatch(value):
            raise Refused(
                f"[council] {setting}: write the colour as #rrggbb, for example #14304a, not {value}."
            )
    pairs = (
        ("text_on_colour", colours.on_brand, "colour", colours.brand),
        ("colour", colours.brand, "the white page", PAPER),
        ("link_colour", colours.link, "the white page", PAPER),
        ("link_colour", colours.link, "the grey of panels", TINT),
    )
    for setting, front, ground, back in pairs:
        found = contrast(front, back)
        if found < TEXT:
            raise Refused(
                f"[council] {setting} {front} on {ground} {back} has a contrast of {found:.1f} to 1 and "
                f"needs {TEXT} to 1, so that everybody can read it: choose a {_advice(back)} {setting}."
            )


def _advice(back: str) -> str:
    return "darker" if _luminance(back) > 0.18 else "lighter"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
