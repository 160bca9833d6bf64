"""What is written of drafts: what somebody typed is kept while they type, and dropped once it is saved."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.config.clock import now
from goldenthread_web.programme.models import Draft
from goldenthread_web.trail.recording import record
from goldenthread_web.ui.conflicts import SavedMeanwhile

MOST_KEPT = 400_000  # characters of a draft: far more than anybody writes
KEPT_FOR = timedelta(days=90)


@service(None)
def keep_draft(
    page: str, *, fields: Mapping[str, Sequence[str]], based_on: int, follows: str, by: User
) -> Draft:
    """Keep what is typed, as posted. `follows` is the moment of the draft it goes on from; blank: none.

    SavedMeanwhile where another window has kept something since: neither is overwritten by the other.
    """
    if sum(len(value) for values in fields.values() for value in values) > MOST_KEPT:
        raise Refused("This is too long to keep: shorten it.")
    before = Draft.objects.select_for_update().filter(page=page, kept_by=by).first()
    if before is not None and before.kept_at.isoformat() != follows:
        raise SavedMeanwhile
    kept = {name: list(values) for name, values in fields.items()}
    said = {"fields": kept, "based_on": based_on, "kept_at": now()}
    draft, _ = Draft.objects.update_or_create(page=page, kept_by=by, defaults=said)
    record("draft.kept", ("page", page), by=by)
    return draft


@service(None)
def drop_draft(draft: Draft, *, by: User) -> None:
    """Forget what was typed: it is saved, or not wanted."""
    if draft.kept_by_id != by.pk:
        raise Refused("This is what somebody else typed.")
    draft.delete()
    record("draft.dropped", ("page", draft.page), by=by)


def drop_old_drafts(*, by: None = None) -> int:
    """Forget what nobody came back to; how many there were."""
    old = list(Draft.objects.filter(kept_at__lt=now() - KEPT_FOR).select_related("kept_by"))
    for draft in old:
        drop_draft(draft, by=draft.kept_by)
    return len(old)
