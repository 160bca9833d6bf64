"""How is an indicator defined: in plain words, as a rule, with which parameters, from which sources?"""

from collections.abc import Sequence
from dataclasses import dataclass

from goldenthread.figures.dictionary import dictionary
from goldenthread.figures.wording import POLARITY
from goldenthread.indicators.catalogue import Definition, Route, catalogue
from goldenthread.indicators.examples import Example, examples_of
from goldenthread.indicators.reading import LOOKS_AT, SOURCES, basis_said, columns_said, rule_said
from goldenthread.settings import Settings, defaults
from goldenthread_web.figures.parameter_words import parameter_said, value_said
from goldenthread_web.ui.words import capitalised as capital

MOST_EXAMPLES = 3


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A parameter the indicator uses, with the value that counted."""

    said: str
    value: str
    default: str
    is_local: bool


@dataclass(frozen=True, kw_only=True)
class Source:
    """One way in which the indicator can be filled: from which return, reading which columns."""

    name: str
    exactness: str
    reads: Sequence[tuple[str, str]]
    better_with: Sequence[tuple[str, str]]
    note: str


@dataclass(frozen=True, kw_only=True)
class Defined:
    """Everything a page says of how an indicator is worked out."""

    definition: Definition
    means: str
    question: str
    polarity: str
    looks_at: str
    basis: str
    rule: Sequence[tuple[str, str]]
    parts: Sequence[tuple[str, str, str]]
    parameters: Sequence[Parameter]
    sources: Sequence[Source]
    examples: Sequence[Example]


def defined(ref: str, used: Settings) -> Defined:
    """The definition of an indicator with the parameters that counted."""
    definition = catalogue()[ref]
    entry = dictionary().get(ref)
    return Defined(
        definition=definition,
        means="" if entry is None else entry.said(used),
        question=definition.purpose,
        polarity=POLARITY[definition.polarity],
        looks_at=LOOKS_AT[definition.measure_type],
        basis=capital(basis_said(definition)),
        rule=rule_said(definition),
        parts=[
            (part_said(part["code"]), part["numerator"], part["denominator"]) for part in definition.parts
        ],
        parameters=[_parameter(name, used) for name in definition.parameters],
        sources=[_source(route) for route in definition.routes],
        examples=examples_of(ref)[:MOST_EXAMPLES],
    )


def part_said(code: str) -> str:
    """The code of a part in words: up to m3."""
    return code.replace("_", " ").replace(".", ": ") if code else "headline"


def _parameter(name: str, used: Settings) -> Parameter:
    value, default = used.value(name), defaults()[name]
    return Parameter(
        said=parameter_said(name),
        value=value_said(name, value),
        default=value_said(name, default),
        is_local=value != default,
    )


def _source(route: Route) -> Source:
    return Source(
        name=SOURCES[route.profile],
        exactness=route.exactness,
        reads=columns_said(route.required, route),
        better_with=columns_said(route.optional, route),
        note=route.note,
    )
