"""The database refuses to change a pro forma once it is published; it may be withdrawn."""

from typing import Any

from django.db import migrations

from goldenthread_web.standards.freezing import Frozen, freeze
from goldenthread_web.trail.triggers import Triggers

_SENTENCE = "A published pro forma is never changed: make a new version of it."
_OF_PRO_FORMA = (
    "EXISTS (SELECT 1 FROM case_audits_proforma p WHERE p.id = {row}.pro_forma_id"
    " AND p.published_at IS NOT NULL)"
)
_FROZEN = (
    Frozen(
        table="case_audits_proforma",
        when="{row}.published_at IS NOT NULL",
        sentence=_SENTENCE,
        after=("withdrawn_at",),
    ),
    Frozen(table="case_audits_proformaquestion", when=_OF_PRO_FORMA, sentence=_SENTENCE, joins=True),
)


def _freeze(schema_editor: Any) -> None:
    for frozen in _FROZEN:
        freeze(schema_editor, frozen)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("case_audits", "0002_first_grades_kept")]
    operations = [Triggers(_freeze)]
