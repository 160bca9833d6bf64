"""Whose service is this: name, logo, colours, and whom to ask for help?"""

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.conf import settings

from goldenthread.ingest.extract import Refused
from goldenthread_web.ui.contrast import Colours, refuse_unreadable

LOGO_TYPES = MappingProxyType({".png": "image/png", ".jpg": "image/jpeg", ".svg": "image/svg+xml"})


@dataclass(frozen=True, kw_only=True)
class Council:
    """What the frame of every page says about the council."""

    name: str = "Council"
    service_name: str = "Golden Thread"
    help: str = ""  # whom to ask: one sentence
    colours: Colours = field(default_factory=Colours)
    logo: Path | None = None

    @property
    def stylesheet(self) -> str:
        """The council's colours, for the other stylesheets to use."""
        colours = self.colours
        return (
            f":root {{ --brand: {colours.brand}; --on-brand: {colours.on_brand}; --link: {colours.link}; }}\n"
        )

    @property
    def stylesheet_version(self) -> str:
        """Changes when the colours do, so that browsers may keep the stylesheet."""
        return sha256(self.stylesheet.encode()).hexdigest()[:8]


def read_council(entries: dict[str, Any], folder: Path) -> Council:
    """The [council] part of an installation file; Refused where its look could not be used."""
    chosen = {"brand": "colour", "on_brand": "text_on_colour", "link": "link_colour"}
    colours = Colours(**{name: entries[key] for name, key in chosen.items() if key in entries})
    refuse_unreadable(colours)
    said = {name: str(entries[name]) for name in ("name", "service_name", "help") if entries.get(name)}
    return Council(**said, colours=colours, logo=_logo(entries, folder))


def _logo(entries: dict[str, Any], folder: Path) -> Path | None:
    if not entries.get("logo"):
        return None
    logo = folder / str(entries["logo"])
    if logo.suffix.lower() not in LOGO_TYPES:
        raise Refused(f"[council] logo {logo.name}: give a picture that ends in {', '.join(LOGO_TYPES)}.")
    if not logo.is_file():
        raise Refused(f"[council] logo: there is no file {logo}; correct the name, or remove the line.")
    return logo


@cache
def council() -> Council:
    """The council of this installation."""
    return read_council(settings.INSTALLATION.council, settings.INSTALLATION.folder)
