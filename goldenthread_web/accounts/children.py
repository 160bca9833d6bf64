"""How is a child named outside the child-level store? By a keyed reference that tells nothing by itself."""

import hashlib
import hmac
import re
from functools import lru_cache

from django.conf import settings

LENGTH = 20  # hexadecimal characters: 80 bits; two children of one council do not meet


@lru_cache(maxsize=200_000)
def reference(child_id: str) -> str:
    """The keyed reference of a child: in addresses and in the trail it stands for the child's id."""
    key = settings.INSTALLATION.secrets["children"].encode()
    return hmac.new(key, child_id.encode(), hashlib.sha256).hexdigest()[:LENGTH]


def reference_of_typed(typed: str) -> str:
    """The keyed reference of the child whose id, or reference, somebody typed; there may be no such child."""
    said = typed.strip()
    return said if re.fullmatch(f"[0-9a-f]{{{LENGTH}}}", said) else reference(said)
