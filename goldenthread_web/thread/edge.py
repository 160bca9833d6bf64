"""What ties a thing of one kind to a thing of another? An edge, from nearer to Cabinet to nearer a child."""

from dataclasses import dataclass

from goldenthread_web.thread.kind import Rows
from goldenthread_web.thread.kinds import BY_CODE


@dataclass(frozen=True, kw_only=True)
class Edge:
    """Rows that tie a thing of one kind to a thing of another, and how each is reached from them.

    A path ends in two underscores or is blank; `upper_key` and `lower_key` are said where the field that
    holds the key is not called as it is on the thing itself.
    """

    upper: str
    lower: str
    rows: Rows
    upper_path: str = ""
    lower_path: str = ""
    upper_key: str = ""
    lower_key: str = ""
    has_list: bool = False  # the lower key is a list of keys, in one field

    def key_at(self, *, is_upper: bool) -> str:
        """The lookup of the key of one end."""
        kind = BY_CODE[self.upper if is_upper else self.lower]
        path, key = (self.upper_path, self.upper_key) if is_upper else (self.lower_path, self.lower_key)
        return path + (key or kind.key)

    def path(self, *, is_upper: bool) -> str:
        """The path to the fields of one end."""
        return self.upper_path if is_upper else self.lower_path
