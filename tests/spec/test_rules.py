"""Every data-quality rule by example: rows that break it, rows that do not, and why."""

from collections import defaultdict
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from goldenthread.checking import check_load
from goldenthread.quality.rules import all_rules
from goldenthread.settings import Settings
from tests.spec import rule_examples
from tests.spec.rule_examples.drawing import Example, Line, loaded
from tests.spec.rule_examples.events import entered_together

RULES = {rule.code: rule for rule in all_rules()}


def _examples() -> list[Example]:
    names = sorted(module.name for module in iter_modules(rule_examples.__path__))
    modules = [import_module(f"{rule_examples.__name__}.{name}") for name in names if name != "drawing"]
    return [one for module in modules for one in module.EXAMPLES]


EXAMPLES = _examples()


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Line, bool]]]:
    """For each rule the rows of its example, each with whether the rule found it."""
    load, lines = loaded(EXAMPLES, Path(tmp_path_factory.mktemp("examples")))
    checked = check_load(load, Settings())
    assert not checked.failed, checked.failed
    assert not checked.skipped, checked.skipped
    found = {(finding.rule, finding.table, finding.row) for finding in checked.findings}
    by_code = defaultdict(list)
    for line in lines:
        by_code[line.code].append((line, (RULES[line.code].name, line.table, line.row) in found))
    return by_code


@pytest.mark.parametrize("code", sorted(one.code for one in EXAMPLES))
def test_the_rule_finds_what_it_should_and_nothing_else(
    code: str, answers: dict[str, list[tuple[Line, bool]]]
) -> None:
    for line, was_found in answers[code]:
        assert was_found == line.fails, f"{code}, line {line.row} of {line.table}: {line.because}"
    assert {line.fails for line, _ in answers[code]} == {True, False}, "draw a row of each kind"


@pytest.mark.parametrize(("number", "others", "is_many"), [(10, 0, True), (9, 0, False), (10, 30, False)])
def test_83_oversights_entered_on_the_last_day_are_many_by_number_and_by_share(
    tmp_path: Path, number: int, others: int, is_many: bool
) -> None:
    drawn_together = entered_together(number)
    at_once = "\n        2017-12-20  | 2017-12-20  | no    | at once" * others
    load, _ = loaded([Example(drawn_together.code, drawn_together.own.rstrip() + at_once, {})], tmp_path)
    found = [one for one in check_load(load, Settings()).findings if one.rule == drawn_together.code]
    assert len(found) == (number if is_many else 0)


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_an_example(code: str) -> None:
    assert [one.code for one in EXAMPLES].count(code) == 1
