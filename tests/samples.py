"""The shared samples of real formats, which lie beside the repository and are never copied into it."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def sample(path: str) -> Path:
    """A shared file or folder; the test is skipped, loudly, where it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"NOT CHECKED: {found} is not there; put the shared samples beside the repository")
    return found
