"""Which files belong to the project? Those that git holds or would hold."""

import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Nobody writes these by hand, or they quote others word for word.
GENERATED = ("docs/indicators/", "docs/standard/", "requirements/")


@cache
def committed_files() -> tuple[Path, ...]:
    """Every committed file, and every new one that is not ignored, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("NOT CHECKED: this is no git checkout, so the project's files cannot be told from others")
    names = sorted(set(listed.stdout.decode().split("\0")) - {""})
    return tuple(Path(name) for name in names if (ROOT / name).is_file())


def texts(*suffixes: str) -> list[tuple[str, str]]:
    """Name and content of the files with these endings; without any: of every file that is text."""
    found = []
    for path in committed_files():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            found.append((path.as_posix(), (ROOT / path).read_text("utf-8")))
        except UnicodeDecodeError:
            continue  # a picture or a workbook
    return found


def places(text: str, lines: list[int], name: str) -> list[str]:
    """`file:line: text` for each line number, for a message that says where to look."""
    split = text.splitlines()
    return [f"{name}:{number}: {split[number - 1].strip()[:120]}" for number in lines]
