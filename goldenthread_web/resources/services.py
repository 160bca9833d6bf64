"""What is written of money: lines, what was agreed, planned, spent, expected and signed, what came of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from goldenthread.indicators.catalogue import catalogue
from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now, today
from goldenthread_web.figures.quoting import quoted
from goldenthread_web.programme.models import Decision
from goldenthread_web.resources.models import (
    Approval,
    BenefitEvidence,
    Forecast,
    InvestmentLine,
    Profile,
    ServiceSpend,
    SignOff,
    Spend,
)
from goldenthread_web.resources.quarters import Quarter, year_of
from goldenthread_web.resources.queries import standing
from goldenthread_web.resources.signing import entered_by, frozen, next_quarter, signed_to
from goldenthread_web.resources.sources import services_of_children, sources
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import check

WORDS = ("title", "about", "source", "is_programme_cost", "starts_on", "ends_on", "post", "person")
WORDS += ("action", "indicator", "benefit", "benefit_test_on", "exit_plan")


@service(Permission.KEEP_MONEY)
def add_line(ref: str, *, kind: str, by: User, **said: Any) -> InvestmentLine:
    """Enter a line of money. `said` are the fields of WORDS. An amount needs a decision: see `approve`."""
    if InvestmentLine.objects.filter(ref=ref).exists():
        raise Refused(f"There is a line {ref[:10]} already: give this one another reference.")
    _check_line(kind, said)
    line = InvestmentLine.objects.create(ref=ref, kind=kind, **said)
    record("money.line_added", line, by=by, changes={"ref": ref, "kind": kind, "source": line.source})
    return line


@service(Permission.KEEP_MONEY)
def edit_line(line: InvestmentLine, *, version: int, by: User, **said: Any) -> InvestmentLine:
    """Say a line in other words. Whether it is recurrent never changes: that would be another line."""
    found = InvestmentLine.objects.select_for_update().get(pk=line.pk)
    check(found, version)
    _check_line(found.kind, said)
    changed = sorted(name for name, value in said.items() if getattr(found, name) != value)
    for name, value in said.items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    record("money.line_changed", found, by=by, changes={"fields": changed})
    return found


@service(Permission.KEEP_MONEY)
def approve(line: InvestmentLine, *, amount: Decimal, decision: Decision, by: User) -> Approval:
    """Say what a body agreed to for a line. The amount it agreed to before stays beside it."""
    _check_amount(amount)
    if not decision.is_in_favour:
        raise Refused("That decision did not agree to anything: name the one that approved the money.")
    if line.approvals.filter(decision=decision).exists():
        raise Refused("An amount was entered for this line and decision already.")
    made = Approval.objects.create(
        line=line, amount=amount, decision=decision, recorded_by=by, recorded_at=now()
    )
    record("money.approved", line, by=by, changes={"amount": f"{amount:f}", "decision": decision.pk})
    return made


@service(Permission.KEEP_MONEY)
def plan_line(line: InvestmentLine, *, amounts: Mapping[Quarter, Decimal], by: User) -> None:
    """Say how much is to be spent in each of some quarters; nothing takes a quarter's plan away.

    Refused for quarters that are signed.
    """
    last = signed_to()
    for quarter, amount in amounts.items():
        if amount < 0:
            raise Refused("A plan cannot be less than nothing.")
        if last is not None and quarter.ends_on <= last:
            raise Refused(f"{quarter.said} is signed: its plan stays as it was.")
    for quarter, amount in amounts.items():
        if amount:
            Profile.objects.update_or_create(
                line=line, year=quarter.year, quarter=quarter.number, defaults={"amount": amount}
            )
        else:
            line.profiles.filter(year=quarter.year, quarter=quarter.number).delete()
    said = {f"{one.year}.{one.number}": f"{amount:f}" for one, amount in sorted(amounts.items())}
    record("money.planned", line, by=by, changes={"quarters": said})


@service(Permission.KEEP_MONEY)
def enter_spend(line: InvestmentLine, *, spent_on: date, amount: Decimal, note: str, by: User) -> Spend:
    """Enter money spent; less than nothing takes back what was entered wrongly.

    Refused in a quarter that is signed: what is found later belongs to the quarter that is open.
    """
    if spent_on > today():
        raise Refused("The day lies ahead: enter what has been spent.")
    if spent_on < line.starts_on:
        raise Refused(f"{line.ref} begins on {line.starts_on:%Y-%m-%d}: nothing is spent on it before.")
    if not amount:
        raise Refused("Enter an amount: nothing was spent otherwise.")
    if not note.strip():
        raise Refused("Say what it was spent on.")
    _check_not_signed(spent_on)
    made = Spend.objects.create(
        line=line, spent_on=spent_on, amount=amount, note=note.strip(), entered_by=by, entered_at=now()
    )
    changes = {"spend": made.pk, "amount": f"{amount:f}", "on": spent_on.isoformat()}
    record("money.spent", line, by=by, changes=changes)
    return made


@service(Permission.KEEP_MONEY)
def forecast_line(
    line: InvestmentLine, *, made_on: date, amount: Decimal, because: str, by: User
) -> Forecast:
    """Say what a line is expected to cost: in the year of the day where it is recurrent, else in all."""
    if made_on > today():
        raise Refused("The day lies ahead: a forecast is dated when it is made.")
    if amount < 0:
        raise Refused("A forecast cannot be less than nothing.")
    if not because.strip():
        raise Refused("Say what the forecast rests on.")
    _check_not_signed(made_on)
    made = Forecast.objects.create(
        line=line,
        year=year_of(made_on) if line.is_recurrent else None,
        made_on=made_on,
        amount=amount,
        because=because.strip(),
        entered_by=by,
        entered_at=now(),
    )
    record("money.forecast", line, by=by, changes={"amount": f"{amount:f}", "on": made_on.isoformat()})
    return made


@service(Permission.KEEP_MONEY)
def add_evidence(
    line: InvestmentLine,
    *,
    about_on: date,
    shows: str,
    text: str,
    with_figure: bool,
    test_again_on: date | None = None,
    by: User,
) -> BenefitEvidence:
    """Say what came of the money. With a figure, the line's indicator is frozen as it stood on the day.

    Small numbers are hidden in it: whoever sees the money sees the evidence. Too early to say needs the day
    on which it is looked at again.
    """
    if about_on > today():
        raise Refused("The day lies ahead: evidence is about what has happened.")
    is_early = shows == BenefitEvidence.Shows.NOT_YET
    if is_early and (test_again_on is None or test_again_on <= about_on):
        raise Refused("Too early to say needs the day, after this one, on which it is looked at again.")
    figure = _figure(line, about_on) if with_figure else ""
    made = BenefitEvidence.objects.create(
        line=line,
        about_on=about_on,
        shows=shows,
        text=text,
        indicator=line.indicator if with_figure else "",
        figure=figure,
        recorded_by=by,
        recorded_at=now(),
    )
    if is_early and test_again_on is not None:
        line.benefit_test_on = test_again_on
        line.version += 1
        line.save(update_fields=["benefit_test_on", "version"])
    record("money.evidence_added", line, by=by, changes={"evidence": made.pk, "shows": shows})
    return made


@service(Permission.SIGN_OFF_MONEY)
def sign_off(quarter: Quarter, *, statement: str, by: User) -> SignOff:
    """Sign a quarter: its figures are frozen. Somebody signs who entered none of them, in order."""
    if quarter.ends_on >= today():
        raise Refused(f"{quarter.said} is not over yet.")
    expected = next_quarter()
    if expected is None:
        raise Refused("There is no money to sign off.")
    if quarter != expected:
        raise Refused(f"Quarters are signed in order: {expected.said} is next.")
    if by.pk in entered_by(quarter):
        raise Refused("Somebody else must sign: you entered money of this quarter.")
    if not statement.strip():
        raise Refused("Say what you sign: the figures are checked, or what is still open.")
    made = SignOff.objects.create(
        year=quarter.year,
        quarter=quarter.number,
        figures=frozen(standing(quarter.ends_on)),
        statement=statement.strip(),
        signed_by=by,
        signed_at=now(),
    )
    record("money.signed_off", made, by=by, changes={"year": quarter.year, "quarter": quarter.number})
    return made


@service(Permission.KEEP_MONEY)
def enter_service_spend(
    code: str, *, quarter: Quarter, amount: Decimal, source: str, by: User
) -> ServiceSpend:
    """Enter what a service cost in a quarter that is over. One entered wrongly is entered again."""
    if code not in services_of_children():
        raise Refused("Choose the service from the list.")
    if quarter.ends_on >= today():
        raise Refused(f"{quarter.said} is not over yet: enter what it cost once it is.")
    if amount < 0:
        raise Refused("A service costs nothing or more.")
    if not source.strip():
        raise Refused("Say which ledger or report the amount is from.")
    made = ServiceSpend.objects.create(
        service=code,
        year=quarter.year,
        quarter=quarter.number,
        amount=amount,
        source=source.strip(),
        entered_by=by,
        entered_at=now(),
    )
    changes = {"service": code, "year": quarter.year, "quarter": quarter.number}
    record("money.service_spend_entered", made, by=by, changes=changes)
    return made


def _figure(line: InvestmentLine, on: date) -> str:
    """The line's indicator in words as it stood on a day, in the public view."""
    if not line.indicator:
        raise Refused(f"{line.ref} has no indicator: name one first, or say it in words alone.")
    found = quoted([line.indicator], on=on, is_public_view=True).get(line.indicator)
    if found is None or not found.is_a_figure:
        raise Refused(f"There is no figure of {line.indicator} for that day.")
    return (
        f"{found.value} ({found.cases}), {found.period}" if found.cases else f"{found.value}, {found.period}"
    )


def _check_line(kind: str, said: Mapping[str, Any]) -> None:
    unknown = sorted(set(said) - set(WORDS))
    if unknown:
        raise TypeError(f"A line of money has no {', '.join(unknown)} to say.")
    if said["source"] not in sources():
        raise Refused("Choose where the money comes from.")
    if kind == InvestmentLine.Kind.ONE_OFF and (not said.get("exit_plan") or said.get("ends_on") is None):
        raise Refused("One-off money needs its last day and a plan for what happens when it ends.")
    ends_on = said.get("ends_on")
    if ends_on is not None and ends_on < said["starts_on"]:
        raise Refused("The last day cannot come before the first.")
    indicator = said.get("indicator")
    if indicator and indicator not in catalogue():
        raise Refused(f"There is no indicator {indicator[:10]}.")


def _check_amount(amount: Decimal) -> None:
    if amount <= 0:
        raise Refused("An amount that is approved is more than nothing.")


def _check_not_signed(day: date) -> None:
    last = signed_to()
    if last is not None and day <= last:
        raise Refused(
            f"Money to {last:%Y-%m-%d} is signed and stays as it is: enter it on a later day, and say in the "
            "note what it puts right."
        )
