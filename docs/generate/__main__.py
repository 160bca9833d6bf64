"""Write docs/indicators and docs/standard: `python -m docs.generate --examples FILE`."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from docs.generate.indicators import indicator_pages
from docs.generate.standard import standard_pages

DOCS = Path(__file__).resolve().parents[1]


def write(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the pages, and take away those of definitions that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")


def main() -> None:
    """Generate the reference pages from the code, its data and the worked examples of the tests."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--examples", type=Path, required=True, help="as written by pytest --examples-out")
    parser.add_argument("--out", type=Path, default=DOCS, help="folder that holds indicators/ and standard/")
    asked = parser.parse_args()
    examples = json.loads(asked.examples.read_text("utf-8"))
    pages = {"standard": standard_pages(), "indicators": indicator_pages(examples)}
    for name, found in pages.items():
        write(asked.out / name, found)
    counts = ", ".join(f"{len(found)} in {name}" for name, found in pages.items())
    sys.stdout.write(f"Pages written: {counts}; {len(examples)} worked examples.\n")


if __name__ == "__main__":
    main()
