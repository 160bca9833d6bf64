"""One page per indicator: its words, its rule, what it needs, and worked examples from the tests."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docs.generate.markdown import page, table
from goldenthread.figures.dictionary import dictionary
from goldenthread.indicators.catalogue import Definition, Route, catalogue
from goldenthread.indicators.examples import cells_drawn
from goldenthread.indicators.reading import LOOKS_AT, SOURCES, basis_said, rule_said
from goldenthread.settings import Settings
from goldenthread.standard import recorded_tables

EXAMPLES = "## Worked examples"  # what stands below comes from the tests

_POLARITY = {
    "high": "Higher is better.",
    "low": "Lower is better.",
    "neutral": "Neither higher nor lower is better in itself.",
}
Example = Mapping[str, Any]


def indicator_pages(examples: Sequence[Example]) -> Mapping[str, str]:
    """Every page of docs/indicators, by file name."""
    by_ref: dict[str, list[Example]] = {}
    for example in examples:
        by_ref.setdefault(str(example["ref"]), []).append(example)
    pages = {f"{ref}.md": _page(found, by_ref.get(ref, [])) for ref, found in catalogue().items()}
    return pages | {"README.md": _index()}


def words_of(text: str) -> str:
    """A page without its worked examples."""
    return text.partition(EXAMPLES)[0].rstrip() + "\n"


def _page(definition: Definition, examples: Sequence[Example]) -> str:
    return page(
        f"{definition.ref} {definition.title}",
        _means(definition),
        table(("", ""), _facts(definition)),
        "## The rule",
        "The terms are explained in the [glossary](../../GLOSSARY.md#the-language-of-rules).",
        table(("", ""), _rule_rows(definition)),
        _parts(definition),
        _parameters(definition),
        "## What it needs",
        _needs(definition),
        "\n".join(_route(route) for route in definition.routes),
        _examples(examples),
    )


def _means(definition: Definition) -> str:
    entry = dictionary().get(definition.ref)
    return "" if entry is None else entry.said(Settings())


def _facts(definition: Definition) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        ("Question", f"{definition.purpose}."),
        ("Code", f"`{definition.code}`"),
        ("Polarity", _POLARITY[definition.polarity]),
        ("Unit", definition.unit),
        ("Looks at", LOOKS_AT[definition.measure_type]),
        ("Usually read", definition.frequency),
        ("Breakdowns", definition.breakdowns),
        ("Team and worker", _attribution(definition)),
        ("Definition version", definition.version),
        ("Source", definition.reference),
        ("Seen in", definition.document_mentions),
    ]
    if definition.definition_varies_locally:
        facts.append(("Varies locally", "Councils define this differently: check before comparing."))
    if definition.default_basis:
        facts.append(("Basis", basis_said(definition)))
    facts.append(("Worked out", _worked_out(definition)))
    return [(name, value) for name, value in facts if value not in ("", "none", "none.")]


def _worked_out(definition: Definition) -> str:
    if _is_recorded(definition):
        place = "../standard/README.md#tables-that-no-council-delivers"
        return f"from [what people write in the service]({place})"
    return "from extracts"


def _is_recorded(definition: Definition) -> bool:
    """Whether it reads nothing but tables that no council delivers."""
    return {
        table for route in definition.routes for _, table, _ in route.required
    } <= recorded_tables().keys()


def _attribution(definition: Definition) -> str:
    how = definition.attribution
    if how is None:
        return "no breakdown by team or worker"
    tables, date = _named(how["table"]), _named(how["date"])
    role = f", role {str(how['role']).replace('_', ' ')}" if how.get("role") else ""
    first = ""
    if how.get("prefer"):
        first = "; the row's own first" if how["prefer"] == "row" else "; the allocation's first"
    return f"of {tables} on {date}{role}{first}"


def _named(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(f"`{item}`" for item in value)
    return f"`{value}`"


def _rule_rows(definition: Definition) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [*rule_said(definition)]
    look_back = ", ".join(f"`{entry['table']}` from {entry['from']}" for entry in definition.look_back)
    return [*rows, ("Looks back", look_back)] if look_back else rows


def _parts(definition: Definition) -> str:
    rows = [(f"`{part['code']}`", part["numerator"], part["denominator"]) for part in definition.parts]
    if definition.headline:
        rows.insert(0, ("headline", definition.headline, ""))
    found = table(("Part", "Numerator", "Denominator"), rows)
    return f"## Parts\n\n{found}" if found else ""


def _parameters(definition: Definition) -> str:
    rows = ((f"`{name}`", f"`{json.dumps(value)}`") for name, value in definition.parameters.items())
    found = table(("Parameter", "Default"), rows)
    if not found:
        return ""
    return f"## Local parameters\n\nSet in the store's `settings.toml`, under `[parameters]`.\n\n{found}"


def _needs(definition: Definition) -> str:
    return f"Not computable without: {definition.needs}." if definition.needs else ""


def _route(route: Route) -> str:
    required = _cells(route.required, route.profile)
    kinds = "; ".join(f"`{name}` any of {', '.join(codes)}" for name, codes in route.kinds_any_of.items())
    lines = [f"- **{SOURCES[route.profile]}** ({route.exactness}): {required}"]
    if kinds:
        lines.append(f"  - with kinds: {kinds}")
    if route.optional:
        lines.append(f"  - better with: {_cells(route.optional, route.profile)}")
    if route.note:
        lines.append(f"  - {route.note}")
    return "\n".join(lines)


def _cells(cells: Iterable[tuple[str, str, str]], profile: str) -> str:
    """The columns by table; of which source only where it is not that of the route."""
    tables: dict[tuple[str, str], list[str]] = {}
    for source, name, column in cells:
        tables.setdefault((source, name), []).append(column)
    said = []
    for (source, name), columns in tables.items():
        where = "" if source == profile else f"{SOURCES[source]}: "
        said.append(f"{where}`{name}` ({', '.join(columns)})")
    return "; ".join(said)


def _examples(examples: Sequence[Example]) -> str:
    if not examples:
        return ""
    intro = "Each is a test: the rows are loaded, judged one by one, and the figure is their sum."
    return "\n\n".join([EXAMPLES, intro, *(_example(example) for example in examples)])


def _example(example: Example) -> str:
    title = str(example["name"]).removeprefix("test_").replace("_", " ")
    facts = [f"Period: {example['period']}"]
    if example["part"]:
        facts.append(f"part: `{example['part']}`")
    if example["as_at"]:
        facts.append(f"as at: {example['as_at']}")
    facts += [f"`{name}` = `{json.dumps(value)}`" for name, value in example["settings"].items()]
    facts += [f"not supplied: `{what}`" for what in example["without"]]
    tables = {name: cells_drawn(text) for name, text in example["tables"].items()}
    if empty := [f"`{name}`" for name, lines in tables.items() if len(lines) == 1]:
        facts.append(f"supplied without a row: {', '.join(empty)}")
    drawn = [f"`{name}`\n\n```text\n{_drawn(lines)}\n```" for name, lines in tables.items() if len(lines) > 1]
    return "\n\n".join(
        [f"### {title[:1].upper()}{title[1:]}", "; ".join(facts) + ".", *drawn, _figure(example)]
    )


def _drawn(lines: Sequence[Sequence[str]]) -> str:
    """The table drawn anew, every column as wide as its widest cell."""
    widths = [max(len(one) for one in column) for column in zip(*lines, strict=True)]
    padded = [" | ".join(one.ljust(width) for one, width in zip(line, widths, strict=True)) for line in lines]
    ruler = "-+-".join("-" * width for width in widths)
    return "\n".join(line.rstrip() for line in (padded[0], ruler, *padded[1:]))


def _figure(example: Example) -> str:
    found = example["figure"]
    over = f" of {found['denominator']}" if found["denominator"] else ""
    counted = f"{found['numerator']}{over}; " if found["numerator"] else ""
    value = f"value {found['value']}" if found["value"] else str(found["status"]).replace("_", " ")
    return f"Figure: {counted}{value}; {found['unknown']} unknown."


def _index() -> str:
    by_area: dict[str, list[Definition]] = {}
    for definition in catalogue().values():
        by_area.setdefault(definition.area, []).append(definition)
    heads = ("Ref", "Title", "Polarity", "Unit", "Least it needs", "Worked out from")
    blocks = [
        "Every indicator of the catalogue, by topic of the child's journey. One definition carries the "
        "figure, its breakdowns, the list of children behind it and the worked examples. "
        "`goldenthread indicators` prints the same list.",
    ]
    for area, definitions in by_area.items():
        blocks += [
            f"## {area[:1].upper()}{area[1:]}",
            table(heads, (_index_row(definition) for definition in definitions)),
        ]
    return page("Indicators", *blocks)


def _index_row(definition: Definition) -> tuple[object, ...]:
    source = "what people write" if _is_recorded(definition) else "extracts"
    least = SOURCES.get(definition.minimum_profile, definition.minimum_profile)
    link = f"[{definition.ref}]({definition.ref}.md)"
    return (link, definition.title, definition.polarity, definition.unit, least, source)
