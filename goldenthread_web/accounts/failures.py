"""Which failed sign-ins become Events? The first, the fifth and then ever fewer: a flood fills no disk."""

import hashlib

from django.core.cache import cache

WINDOW = 15 * 60  # seconds
MOST_PER_WINDOW = 100  # Events of all accounts together; beyond it powers of ten alone
_AT = frozenset({1, 5, 10, 100, 1_000, 10_000, 100_000, 1_000_000})


def is_worth_recording(kind: str, key: str) -> int:
    """Count one more; how many there were of this key if that is to be recorded, else 0."""
    of_key = one_more(kind, key)
    if of_key not in _AT:
        return 0
    written = _one_more(f"{kind}:written")
    return of_key if written <= MOST_PER_WINDOW or written in _AT else 0


def one_more(kind: str, key: str) -> int:
    """Count one more of a kind and key; how many there were in the window."""
    return _one_more(f"{kind}:{hashlib.sha256(key.lower().encode()).hexdigest()}")


def _one_more(key: str) -> int:
    """The count of the window; two processes at once may count one for both, which does no harm."""
    name = f"accounts.failures:{key}"
    if cache.add(name, 1, WINDOW):
        return 1
    count = cache.get(name, 0) + 1
    cache.set(name, count, WINDOW)
    return count
