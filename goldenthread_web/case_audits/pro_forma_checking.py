"""What must hold of a pro forma before it is kept or published?"""

from collections.abc import Sequence

from django.utils.text import slugify

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.case_audits.models import ProForma, ProFormaQuestion
from goldenthread_web.case_audits.pro_forma_queries import parts_of
from goldenthread_web.standards.models import Standard

LONGEST_QUOTED = 60


def code_of_title(title: str, *, but: ProForma | None = None) -> str:
    """The code that a title gives; refused where another pro forma than `but` has that title."""
    code = _code(title)
    if not code:
        raise Refused("Give it a title.")
    others = ProForma.objects.exclude(code=but.code) if but else ProForma.objects.all()
    # A title may have changed since its code was made: both are taken.
    if any(code in (taken, _code(words)) for taken, words in others.values_list("code", "title")):
        raise Refused("There is a pro forma of that title: choose another, or make a new version of it.")
    return code


def check_cited(asked: Sequence[ProFormaQuestion]) -> None:
    """Refuse one that asks nothing, and, in a sentence that names them, questions resting on no standard."""
    if not asked:
        raise Refused("It asks nothing yet: add a question.")
    lacking = [one for part in parts_of(asked) for one in part.questions if not one.cites]
    named = ", ".join(f"{one.number} (“{_brief(one.question.text)}”)" for one in lacking)
    if len(lacking) == 1:
        raise Refused(f"Question {named} cites no practice standard: name one for it, or take it out.")
    if lacking:
        raise Refused(f"Questions {named} cite no practice standard: name one for each, or take them out.")


def check_of_edition(pro_forma: ProForma, standard: Standard) -> None:
    """Refuse a standard of another edition than the one it is made from."""
    if standard.edition_id != pro_forma.edition_id:
        raise Refused(f"This pro forma is made from {pro_forma.edition}: name a standard of that one.")


def _code(title: str) -> str:
    return slugify(title)[:60].strip("-")


def _brief(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED].rsplit(' ', 1)[0]} …"
