"""Who may do what? The roles of the service as a page: `python -m deploy.permissions` writes it again.

It is made from roles.toml and permissions.toml, which the service itself reads, so it cannot say otherwise.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from goldenthread_web.accounts.roles import Permission, Reach, Role, roles

PAGE = Path(__file__).resolve().parents[1] / "docs" / "security" / "permissions.md"
_WHOSE = {
    Reach.NONE: "nobody's",
    Reach.OWN: "those allocated to them",
    Reach.TEAM: "those of their team",
    Reach.SERVICE: "those of their service's teams",
    Reach.AUTHORITY: "every child",
    Reach.ASSIGNED: "those handed to them, until it ends",
}


def page() -> str:
    """The page, as it should be."""
    return "\n".join(_lines(list(roles().values()))) + "\n"


def _lines(listed: list[Role]) -> Iterator[str]:
    yield "# Who may do what"
    yield ""
    yield "Generated from the files that the service itself reads (`python -m deploy.permissions`). What each"
    yield "page answers to each role: [access.csv](../../tests/web/pages/access.csv); a test asks every page."
    yield ""
    yield "## Whose children"
    yield ""
    yield _row(["Role", "Whose children", "Reason asked", "Small numbers hidden", "Has a last day"])
    yield _row(["---"] * 5)
    for role in listed:
        flags = (role.needs_reason, role.is_public_view, role.is_time_boxed)
        yield _row([role.title, _WHOSE[role.reach], *("yes" if flag else "no" for flag in flags)])
    yield ""
    yield "## What each role may do"
    yield ""
    yield _row(["To", *(role.title for role in listed)])
    yield _row(["---"] * (len(listed) + 1))
    for permission in Permission:
        yield _row([permission.words, *("yes" if permission in one.permissions else "" for one in listed)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE}\n")
