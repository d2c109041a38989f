"""Secrets that people enter in the browser, sealed before they are stored. The key is not in the database."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PURPOSE = b"leader24 settings"  # the same secret key must never be two keys for the same thing

_fernet: Fernet | None = None


class WrongKey(Exception):
    """It was sealed with another secret key, or is no seal at all."""


def use_key(secret_key: str) -> None:
    """From now on."""
    global _fernet
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    _fernet = Fernet(urlsafe_b64encode(derived))


def seal(text: str) -> str:
    assert _fernet, "use_key() comes first"
    return _fernet.encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Raises WrongKey."""
    assert _fernet, "use_key() comes first"
    try:
        return _fernet.decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError):
        raise WrongKey from None
