"""The database refuses to change an edition once it is adopted, its standards and their questions."""

from typing import Any

from django.db import migrations

from goldenthread_web.standards.freezing import Frozen, freeze
from goldenthread_web.trail.triggers import Triggers

_SENTENCE = "An adopted edition of the practice standards is never changed: begin another one."
_OF_EDITION = (
    "EXISTS (SELECT 1 FROM standards_edition e WHERE e.id = {row}.edition_id AND e.state = 'adopted')"
)
_OF_STANDARD = (
    "EXISTS (SELECT 1 FROM standards_standard s JOIN standards_edition e ON e.id = s.edition_id "
    "WHERE s.id = {row}.standard_id AND e.state = 'adopted')"
)
_FROZEN = (
    Frozen(table="standards_edition", when="{row}.state = 'adopted'", sentence=_SENTENCE),
    Frozen(table="standards_standard", when=_OF_EDITION, sentence=_SENTENCE, joins=True),
    Frozen(table="standards_question", when=_OF_STANDARD, sentence=_SENTENCE, joins=True),
)


def _freeze(schema_editor: Any) -> None:
    for frozen in _FROZEN:
        freeze(schema_editor, frozen)


class Migration(migrations.Migration):
    """Put the triggers in place; there is no way back."""

    dependencies = [("standards", "0001_initial")]
    operations = [Triggers(_freeze)]
