"""What is a person told who may not do something, or whose rule was broken?"""

from goldenthread_web.accounts.roles import Permission


class Refused(Exception):
    """A rule forbids it: one sentence that the page shows. Never a fault of the programme."""

    leads_to = ""  # the address where the person does what must be done first; whoever reads is led there


class NotForYourself(Refused):
    """Four eyes: somebody else must do it. Trying is noted."""


class NotAllowed(Exception):
    """The person's role lacks a permission: 403, with whom to ask."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(
            f"Your role does not let you {permission.words}. If you need to, ask {permission.ask}."
        )
        self.permission = permission


class NotRecorded(RuntimeError):
    """A service left no Event: what it did was undone. A fault of ours."""


class NoChildren(Exception):
    """The role is aggregate-only: there is no scope of children that it could be given."""
