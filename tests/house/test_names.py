"""Names: a module says what it answers, and one word has one meaning."""

import re

from tests.house.tree import GENERATED, committed_files, places, texts

SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "base", "misc"}

# House words: indicator, never KPI, metric or measure; a case audit, never an audit alone. To measure and to
# audit (cases) are verbs and stay, and so does the re-audit; `measure_type` is a name in the specification of
# the outputs.
BANNED = {
    "KPI, metric or measure: say indicator": re.compile(
        r"(?<![a-z])(kpis?|metrics?|(?<!to )measures?(?!_type))(?![a-z])", re.IGNORECASE
    ),
    "audit alone: say case audit": re.compile(
        r"(?<!case )(?<!case_)(?<!case-)(?<!re-)(?<!re_)(?<![a-z])audits?(?![a-z])"
        r"(?!_cases| (the |its |their |a )?cases?\b|[ _]committees?\b)",  # a council has an Audit Committee
        re.IGNORECASE,
    ),
}
# Reviewed: who else's words stand here, and why they stay.
ALLOWED = {
    "goldenthread/indicators/words/": "the catalogue is the contract, word for word",
    "goldenthread/figures/published/": "what DfE calls the figures it publishes",
    "goldenthread/figures/benchmarks.py": "reads what DfE calls its measures",
    "goldenthread/figures/scorecard/lines.py": "reads what DfE calls its measures",
    "goldenthread_web/figures/compare.py": "reads what DfE calls its measures",
    "goldenthread_web/figures/scorecard_rows.py": "reads what DfE calls its measures",
    "goldenthread/standard/recorded/": "names of tables and columns in the specification",
    "goldenthread/populations/": "reads tables of the specification, and is called after them",
    "goldenthread/indicators/": "reads populations that are called after tables of the specification",
    "goldenthread_web/figures/recorded.toml": "names tables of the specification",
    "goldenthread_web/case_audits/standard_rows.py": "fills tables of the specification",
    "goldenthread_web/case_reviews/standard_rows.py": "fills tables of the specification",
    "goldenthread_web/practice_weeks/standard_rows.py": "fills tables of the specification",
    "goldenthread_web/improvement/workbook_columns.toml": "reads what councils call the columns of a plan",
    "deploy/faults.py": "names the tool it asks",
    "GLOSSARY.md": "says which words not to use",
    "tests/": "quotes the specifications",
}


def test_module_names_say_what_the_module_answers():
    names = [p for p in committed_files() if p.suffix == ".py" and {p.stem, *p.parent.parts} & SAYS_NOTHING]
    assert not names, f"name these for the question they answer: {[str(name) for name in names]}"


def test_one_word_has_one_meaning():
    found = []
    for name, text in texts(".py", ".toml", ".md", ".jinja", ".html", ".css"):
        if name.startswith((*GENERATED, *ALLOWED)):
            continue
        for rule, pattern in BANNED.items():
            lines = sorted({text.count("\n", 0, match.start()) + 1 for match in pattern.finditer(text)})
            found += [f"{place}   ({rule})" for place in places(text, lines, name)]
    assert not found, "\n".join(found)


def test_every_allowance_is_still_needed():
    unused = [
        start
        for start in ALLOWED
        if not any(
            name.startswith(start) and any(pattern.search(text) for pattern in BANNED.values())
            for name, text in texts(".py", ".toml", ".md", ".json", ".csv")
        )
    ]
    assert not unused, f"nothing under these uses a banned word any more; take them off the list: {unused}"
