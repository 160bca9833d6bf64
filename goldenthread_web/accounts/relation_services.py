"""What is written of relations: declared by a person for themselves, withdrawn by somebody else."""

from goldenthread_web.accounts.models import Relation, User
from goldenthread_web.accounts.protecting import service
from goldenthread_web.accounts.refusals import NotForYourself, Refused
from goldenthread_web.accounts.roles import Permission
from goldenthread_web.config.clock import now
from goldenthread_web.trail.recording import record


@service(None)
def declare_relation(reference: str, *, by: User) -> Relation:
    """Say that one is related to a child, if there is such a child; from now on one sees nothing of them."""
    if by.relations.filter(reference=reference, withdrawn_at__isnull=True).exists():
        raise Refused("You declared this child before: there is nothing more to do.")
    made = Relation.objects.create(person=by, reference=reference, declared_at=now())
    record("relation.declared", ("child", reference), by=by, changes={"relation": made.pk})
    return made


@service(Permission.WITHDRAW_RELATIONS)
def withdraw_relation(relation: Relation, *, by: User) -> None:
    """Take back what somebody declared by mistake; never one's own."""
    if relation.person_id == by.pk:
        raise NotForYourself("Somebody else must withdraw what you declared.")
    if relation.withdrawn_at is not None:
        raise Refused("This was withdrawn before.")
    relation.withdrawn_by, relation.withdrawn_at = by, now()
    relation.save(update_fields=["withdrawn_by", "withdrawn_at"])
    changes = {"relation": relation.pk, "person": relation.person_id}
    record("relation.withdrawn", ("child", relation.reference), by=by, changes=changes)
