"""Write docs/indicators and docs/standard: `python -m docs.generate --examples FILE`.

The worked examples also go into the package, so that the service can show them beside each definition.

With `--check` nothing is written: it says which pages are not what the code and its tests give.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docs.generate.indicators import indicator_pages
from docs.generate.standard import standard_pages
from goldenthread.indicators.examples import FILE

DOCS = Path(__file__).resolve().parents[1]
PACKAGED = DOCS.parent / "goldenthread" / "indicators" / FILE


def write(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the pages, and take away those of definitions that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, "utf-8")


def stale(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """Names of the pages that would be written otherwise, or are of definitions that are gone."""
    written = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in {*written, *pages} if written.get(name) != pages.get(name))


def packaged(examples: Sequence[Mapping[str, Any]]) -> str:
    """The examples as the package holds them: by indicator, each on a line of its own."""
    by_ref: dict[str, list[str]] = {}
    for example in examples:
        rest = {name: value for name, value in example.items() if name != "ref"}
        line = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))
        by_ref.setdefault(str(example["ref"]), []).append(line)
    entries = [json.dumps(ref) + ":[\n" + ",\n".join(lines) + "\n]" for ref, lines in by_ref.items()]
    return "{\n" + ",\n".join(entries) + "\n}\n"


def main() -> None:
    """Generate the reference pages from the code, its data and the worked examples of the tests."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--examples", type=Path, required=True, help="as written by pytest --examples-out")
    parser.add_argument("--out", type=Path, default=DOCS, help="folder that holds indicators/ and standard/")
    parser.add_argument("--check", action="store_true", help="write nothing; say which pages are not current")
    asked = parser.parse_args()
    examples = json.loads(asked.examples.read_text("utf-8"))
    pages = {"standard": standard_pages(), "indicators": indicator_pages(examples)}
    if asked.check:
        old = [PACKAGED.name] if PACKAGED.read_text("utf-8") != packaged(examples) else []
        old += [
            f"docs/{name}/{one}" for name, found in pages.items() for one in stale(asked.out / name, found)
        ]
        sys.exit(f"Run `make docs` and commit the result; not current: {', '.join(old)}" if old else 0)
    for name, found in pages.items():
        write(asked.out / name, found)
    PACKAGED.write_text(packaged(examples), "utf-8")
    counts = ", ".join(f"{len(found)} in {name}" for name, found in pages.items())
    sys.stdout.write(f"Pages written: {counts}; {len(examples)} worked examples.\n")


if __name__ == "__main__":
    main()
