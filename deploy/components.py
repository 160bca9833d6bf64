"""What is the service made of? Every locked dependency with version and hashes, as CycloneDX 1.6.

`python -m deploy.components` prints the list; `make components` writes it. It is read from the lock files
alone, so it needs no network, is the same each time, and names what a council installs and nothing else.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from goldenthread import __version__

LOCKS = Path(__file__).resolve().parents[1] / "requirements"
LOCK = "web.txt"  # the service; what the library needs is among it
OURS = f"pkg:generic/goldenthread@{__version__}"

_ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)(?P<rest>.*?)(?=^\S|\Z)", re.M | re.S
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_WANTED_BY = re.compile(r"^ +#(?: via|  ) +([\w.-]+)", re.M)


@dataclass(frozen=True)
class Component:
    """One locked dependency."""

    name: str
    version: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]  # names of other components; goldenthread: by ourselves

    @property
    def key(self) -> str:
        """Its name as lists of faults know it."""
        return f"pkg:pypi/{self.name}@{self.version}"


def components(lock: str) -> list[Component]:
    """What a lock file names."""
    return [
        Component(
            name=found["name"],
            version=found["version"],
            hashes=tuple(_HASH.findall(found["rest"])),
            wanted_by=tuple(_WANTED_BY.findall(found["rest"])),
        )
        for found in _ENTRY.finditer(lock)
    ]


def listed(found: list[Component]) -> dict[str, Any]:
    """The list, as CycloneDX writes it."""
    wants: dict[str, list[str]] = {OURS: [], **{one.key: [] for one in found}}
    keys = {"goldenthread": OURS, **{one.name: one.key for one in found}}
    for one in found:
        for name in one.wanted_by:
            wants[keys[name]].append(one.key)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": OURS,
                "name": "goldenthread",
                "version": __version__,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [
            {
                "type": "library",
                "bom-ref": one.key,
                "name": one.name,
                "version": one.version,
                "purl": one.key,
                "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
            }
            for one in found
        ],
        "dependencies": [{"ref": key, "dependsOn": sorted(wanted)} for key, wanted in wants.items()],
    }


if __name__ == "__main__":
    json.dump(listed(components((LOCKS / LOCK).read_text("utf-8"))), sys.stdout, indent=1)
    sys.stdout.write("\n")
