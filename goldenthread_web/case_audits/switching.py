"""From which page about case audits to which other may a person go? Each needs a permission."""

from goldenthread_web.accounts.models import User
from goldenthread_web.accounts.roles import Permission

_PAGES = (
    ("Mine", "case_audits:mine", Permission.AUDIT_CASES),
    ("Programmes", "case_audits:list", Permission.SEE_PRACTICE),
    ("Results", "case_audits:results", Permission.SEE_PRACTICE),
    ("Learning", "case_audits:learning", Permission.SEE_PRACTICE),
    ("Second looks", "case_audits:moderations", Permission.MODERATE_CASE_AUDITS),
    ("Actions", "case_audits:actions", Permission.ACT_ON_CASE_AUDITS),
    ("Every action", "case_audits:every_action", Permission.LEAD_CASE_AUDITS),
    ("Pro formas", "case_audits:pro_formas", Permission.SEE_PRACTICE),
)


def switches(person: User) -> list[tuple[str, str]]:
    """The text and the name of each page that the person may open."""
    return [(text, name) for text, name, permission in _PAGES if person.may(permission)]
