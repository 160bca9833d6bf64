"""What is written when a reviewing officer or conference chair speaks: a challenge, or good practice."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.accounts.scopes import child_scope
from goldenthread_web.challenges import queries
from goldenthread_web.challenges.checks import about, check_codes, check_said, left_out_between, not_ahead
from goldenthread_web.challenges.models import Challenge, GoodPractice, Step
from goldenthread_web.challenges.rules import due_at, due_in_all
from goldenthread_web.config.clock import now
from goldenthread_web.extracts.children import Child, index
from goldenthread_web.trail.recording import record
from goldenthread_web.trail.references import next_ref


@dataclass(frozen=True, kw_only=True)
class Raised:
    """What a challenge says."""

    raised_as: str
    concern_type: str
    theme: str
    text: str
    wanted: str
    childs_view: str = ""
    no_view_because: str = ""


@service(Permission.RAISE_CHALLENGES)
def raise_challenge(
    child: Child,
    said: Raised,
    *,
    stage: str = "informal",
    left_out_because: str = "",
    raised_on: date | None = None,
    raised_at: datetime | None = None,
    by: User,
) -> Challenge:
    """Challenge what is done, or not done, for a child whom one reviews or chairs."""
    on, found = not_ahead(raised_on), _chaired(child, by)
    _check_raised(said)
    left_out = left_out_between("", stage)
    if left_out:
        check_said(left_out_because, "why stages are left out")
    team, worker = queries.holder_of(found)
    challenge = Challenge.objects.create(
        ref=next_ref(Challenge, "R"),
        reference=found.reference,
        team=team,
        worker_id=worker,
        raised_by=by,
        raised_on=on,
        raised_at=raised_at or now(),
        stage=stage,
        stage_due_on=due_at(stage, on, on),
        due_on=due_in_all(on),
        **_words(said),
    )
    challenge.steps.create(
        stage=stage,
        entered_on=on,
        due_on=challenge.stage_due_on,
        why=Step.Why.RAISED,
        reason=left_out_because.strip() if left_out else "",
        left_out=",".join(left_out),
        entered_by=by,
        entered_at=now(),
    )
    record("case_challenge.raised", about(challenge), by=by, changes={"theme": said.theme, "stage": stage})
    return challenge


@service(Permission.RAISE_CHALLENGES)
def note_good_practice(
    child: Child,
    *,
    theme: str,
    text: str,
    noted_on: date | None = None,
    noted_at: datetime | None = None,
    by: User,
) -> GoodPractice:
    """Note what was done well for a child: teams learn from it as from a challenge."""
    on = not_ahead(noted_on)
    found = _chaired(child, by)
    check_codes({"themes": theme})
    check_said(text, "what was done well")
    team, worker = queries.holder_of(found)
    made = GoodPractice.objects.create(
        reference=found.reference,
        team=team,
        worker_id=worker,
        theme=theme,
        text=text.strip(),
        noted_on=on,
        noted_by=by,
        noted_at=noted_at or now(),
    )
    record("good_practice.noted", made, by=by, changes={"theme": theme})
    return made


def _chaired(child: Child, by: User) -> Child:
    """The child, if the person sees and chairs them."""
    found = index().child(child.reference, child_scope(by))
    if found.reference not in {one.reference for one in queries.chaired_by(by)}:
        raise Refused("Choose a child whose reviews or conferences you chair.")
    return found


def _check_raised(said: Raised) -> None:
    codes = {"raised_by": said.raised_as, "concern_types": said.concern_type, "themes": said.theme}
    check_codes(codes)
    check_said(said.text, "what is wrong for the child")
    check_said(said.wanted, "what you ask for")
    if not said.childs_view.strip() and not said.no_view_because.strip():
        raise Refused("Say what the child says of it, or why the child was not asked.")


def _words(said: Raised) -> dict[str, str]:
    """What it says as it is kept: where the child was asked, there is no reason why not."""
    kept = {name: value.strip() for name, value in asdict(said).items()}
    return kept | {"no_view_because": "" if kept["childs_view"] else kept["no_view_because"]}
