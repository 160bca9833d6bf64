"""Who may open which page? Asked of the running service, page by page and role by role.

`python -m tests.web.pages.access --write` writes the answer to access.csv; its difference is what to review.
"""

import csv
import sys
from pathlib import Path

FILE = Path(__file__).with_name("access.csv")
OPEN = "open"  # whoever comes, signed in or not
# Views that allauth protects itself: sign-in needs nobody, the others act on the account signed in alone.
ALLAUTH = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_change_password",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    }
)
# Arguments of a page's address where those made up from its pattern do not do.
EXAMPLES: dict[str, dict[str, object]] = {}


def addresses(patterns=None, namespace="", arguments=None):
    """Every address of the service: name, view, made-up arguments."""
    from django.urls import URLResolver, get_resolver

    for found in get_resolver().url_patterns if patterns is None else patterns:
        made_up = {**(arguments or {}), **_made_up(found.pattern.converters)}
        if isinstance(found, URLResolver):
            inner = f"{namespace}{found.namespace}:" if found.namespace else namespace
            yield from addresses(found.url_patterns, inner, made_up)
        else:
            yield (
                f"{namespace}{found.name}",
                found.callback,
                EXAMPLES.get(f"{namespace}{found.name}", made_up),
            )


def _made_up(converters):
    from django.urls.converters import IntConverter, UUIDConverter

    values = {IntConverter: 999_999, UUIDConverter: "00000000-0000-4000-8000-000000000000"}
    return {name: values.get(type(converter), "nothing") for name, converter in converters.items()}


def unprotected():
    """Addresses whose view is neither a page, nor marked as open, nor one of allauth's."""
    return [
        name
        for name, view, _ in addresses()
        if not (getattr(view, "is_page", False) or getattr(view, "is_open", False) or name in ALLAUTH)
    ]


def reality():
    """What each role can open now: {page: {role: yes | no | open}}."""
    from goldenthread_web.accounts.roles import roles
    from tests.web.builders import a_person

    clients = {code: _signed_in(a_person(code)) for code in roles()}
    found = {}
    for name, view, arguments in sorted(addresses(), key=lambda one: one[0]):
        if getattr(view, "is_open", False):
            found[name] = dict.fromkeys(clients, OPEN)
        elif getattr(view, "is_page", False):
            found[name] = {code: _answer(client, code, name, arguments) for code, client in clients.items()}
    return found


def _signed_in(person):
    """Somebody signed in, whose session has begun: a session begins with writes of its own."""
    from django.test import Client

    client = Client(raise_request_exception=False)
    client.force_login(person)
    client.get("/")
    return client


def _answer(client, role, name, arguments):
    from django.db import transaction
    from django.urls import reverse

    cookies = dict(client.cookies)
    with transaction.atomic():
        address = reverse(name, kwargs=arguments or None)
        answer = client.get(address)
        if answer.status_code == 405:
            answer = client.post(address)
        transaction.set_rollback(True)
    client.cookies.clear()  # a page may have ended the session, or begun another
    client.cookies.update(cookies)
    if answer.status_code == 403:
        return "no"
    if answer.status_code >= 500:
        raise AssertionError(f"{name} answered {answer.status_code} for {role}.")
    if answer.status_code == 302 and "/accounts/login/" in answer["Location"] and "login" not in name:
        if not name.startswith("accounts:sign_out"):
            raise AssertionError(f"{name} sent {role} to the sign-in page.")
    return "yes"


def written():
    """What access.csv says."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {line.pop("page"): line for line in csv.DictReader(lines)}


def write(found):
    """Write access.csv anew."""
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        out = csv.writer(lines, lineterminator="\n")
        out.writerow(["page", *next(iter(found.values()))])
        out.writerows([page, *answers.values()] for page, answers in found.items())


def main() -> int:
    """Say what has changed; write it with --write."""
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.web.installation import set_up

    set_up()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    try:
        found = reality()
    finally:
        teardown_databases(databases, verbosity=0)
    changed = [page for page in {**found, **(written() if FILE.exists() else {})} if _differs(page, found)]
    for page in changed:
        print(f"{page}: {' '.join(found.get(page, {'': 'is gone'}).values())}")
    if "--write" in sys.argv:
        write(found)
    return 0


def _differs(page, found):
    return not FILE.exists() or written().get(page) != found.get(page)


if __name__ == "__main__":
    sys.exit(main())
