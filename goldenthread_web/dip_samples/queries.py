"""Which dip samples are there, how far are they, and what is to be followed up? Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission, roles
from goldenthread_web.config.clock import today
from goldenthread_web.dip_samples.models import Answer, Design, DesignVersion, DipSample, FollowUp, Item, Line
from goldenthread_web.dip_samples.results import ItemResult, results_of


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A dip sample on a list: how far it is and, where it is finished, what is below its threshold."""

    dip_sample: DipSample
    results: tuple[ItemResult, ...]
    follow_ups: tuple[FollowUp, ...]
    on: date

    @property
    def lines(self) -> int:
        """How many children were drawn."""
        return self.dip_sample.number_of_lines  # type: ignore[attr-defined, no-any-return]

    @property
    def answered(self) -> int:
        """How many of their cases are answered, or could not be looked at."""
        return self.dip_sample.number_answered  # type: ignore[attr-defined, no-any-return]

    @property
    def is_late(self) -> bool:
        """Whether it should have been finished."""
        return self.dip_sample.state == DipSample.State.DRAWN and self.dip_sample.due_on < self.on

    @cached_property
    def below(self) -> tuple[ItemResult, ...]:
        """The items below the threshold; none before it is finished."""
        is_finished = self.dip_sample.state == DipSample.State.FINISHED
        return tuple(one for one in self.results if one.is_below) if is_finished else ()

    @property
    def needs_follow_up(self) -> bool:
        """Whether an item is below the threshold and nobody does anything about it."""
        return bool(self.below) and not self.follow_ups

    @property
    def overdue(self) -> tuple[FollowUp, ...]:
        """What should have been done about it by now."""
        return tuple(one for one in self.follow_ups if one.done_on is None and one.due_on < self.on)


def dip_samples() -> QuerySet[DipSample]:
    """Every dip sample with its design, sampler, and how far it is; the latest first."""
    items = Item.objects.filter(design_version=OuterRef("design_version")).order_by()
    items = items.values("design_version").annotate(number=Count("pk")).values("number")
    lines = Line.objects.filter(dip_sample=OuterRef("pk")).order_by()
    given = Answer.objects.filter(line=OuterRef("pk")).order_by().values("line").annotate(number=Count("pk"))
    wanted = Item.objects.filter(design_version=OuterRef("dip_sample__design_version")).order_by()
    wanted = wanted.values("design_version").annotate(number=Count("pk"))
    done = lines.annotate(
        given=Coalesce(Subquery(given.values("number")), Value(0)), wanted=Subquery(wanted.values("number"))
    ).filter(~Q(missed="") | Q(given=F("wanted")))
    return DipSample.objects.select_related(
        "design_version__design", "sample", "sampler", "finished_by"
    ).annotate(
        number_of_items=Subquery(items),
        number_of_lines=_number_of(lines),
        number_answered=_number_of(done),
    )


def _number_of(lines: "QuerySet[Line]") -> Coalesce:
    counted = lines.values("dip_sample").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def listed(found: "QuerySet[DipSample]") -> list[Listed]:
    """The same with results and follow-ups. Four queries, however many there are."""
    rows = list(found.prefetch_related("follow_ups", "design_version__items"))
    results = results_of(rows)
    return [
        Listed(
            dip_sample=row,
            results=results[row.pk],
            follow_ups=tuple(row.follow_ups.all()),
            on=today(),
        )
        for row in rows
    ]


def mine(person: User) -> "QuerySet[DipSample]":
    """What was handed to a person, what is open first."""
    return dip_samples().filter(sampler=person).order_by("finished_on", "-id")


def designs() -> "QuerySet[Design]":
    """Every design with its versions, the latest wording first."""
    versions = DesignVersion.objects.prefetch_related("items").select_related("made_by")
    return Design.objects.prefetch_related(Prefetch("versions", versions))


def samplers() -> "QuerySet[User]":
    """Everybody who may be handed cases to look at."""
    able = [code for code, role in roles().items() if Permission.AUDIT_CASES in role.permissions]
    return User.objects.filter(role__in=able, is_active=True).order_by("title")


def lines_of(dip_sample: DipSample) -> "QuerySet[Line]":
    """The cases of a dip sample with what was answered."""
    return dip_sample.lines.select_related("child", "concern").prefetch_related("answers")


def follow_ups() -> "QuerySet[FollowUp]":
    """Every follow-up with the dip sample it came from."""
    return FollowUp.objects.select_related("dip_sample__design_version__design", "item", "set_by")


def missed_said(dip_sample: DipSample, reasons: Mapping[str, str]) -> list[tuple[str, int]]:
    """Why cases could not be looked at, each with how many."""
    found = (
        dip_sample.lines.exclude(missed="").order_by("missed").values("missed").annotate(number=Count("pk"))
    )
    return [(reasons.get(row["missed"], row["missed"]), row["number"]) for row in found]
