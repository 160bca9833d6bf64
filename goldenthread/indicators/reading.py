"""How is a definition read: the words for its rule, what it looks at, its basis and its sources?"""

from goldenthread.indicators.catalogue import Cell, Definition, Route

LOOKS_AT = {
    "period": "What falls in the period, with everything known at the as-at date.",
    "snapshot": "What is there at the end of the period, as known on that day.",
    "rolling": "A window that ends with the period, as known on that day.",
}
RULE = {
    "population": "Counted",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "clock_start": "Clock starts",
    "clock_stop": "Clock stops",
    "limit": "Limit",
    "open_cases": "Open cases",
    "nulls": "Missing values",
    "notes": "Notes",
    "variants": "Variants",
}
SOURCES = {
    "local_extracts": "local extract",
    "annex_a": "Annex A",
    "cin_census": "CIN census",
    "ssda903": "SSDA903",
    "workforce_census": "workforce census",
    "native": "tables that no council delivers",
}


def rule_said(definition: Definition) -> list[tuple[str, str]]:
    """The rule, line by line: what is counted, when the clock starts, what a missing value does."""
    return [(words, str(definition.rule[name])) for name, words in RULE.items() if definition.rule.get(name)]


def basis_said(definition: Definition) -> str:
    """What becomes of rows that are past their limit and not done; blank where there is no limit."""
    if definition.default_basis == "due":
        return "due: a row that is past its limit and not done counts as a failure."
    if definition.default_basis == "completed":
        return "completed: only rows that are done are counted; those past their limit are listed."
    return ""


def columns_said(cells: tuple[Cell, ...], route: Route) -> list[tuple[str, str]]:
    """The columns a route reads, by table; of which source only where it is not that of the route."""
    tables: dict[tuple[str, str], list[str]] = {}
    for source, name, column in cells:
        tables.setdefault((source, name), []).append(column)
    return [
        (name if source == route.profile else f"{SOURCES[source]}: {name}", ", ".join(columns))
        for (source, name), columns in tables.items()
    ]
