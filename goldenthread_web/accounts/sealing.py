"""How is a secret kept so that a copy of the database alone does not tell it?"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def sealed(purpose: str, text: str) -> str:
    """The text, readable only with the installation's key; another purpose has another key."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unsealed(purpose: str, text: str) -> str | None:
    """The text again; None where it was not sealed with the key that the installation has now."""
    try:
        return _cipher(purpose).decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def _cipher(purpose: str) -> Fernet:
    key = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
