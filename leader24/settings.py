"""What the environment says. The only reader of it; a wrong value stops the start and names the variable."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote

from leader24 import written

Value = TypeVar("Value")


class WrongSetting(Exception):
    """One line for the operator: which variable, what it says, what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    data_dir: Path
    database_url: str = field(repr=False)
    host: str
    port: int
    public_url: str  # without a slash at the end
    is_public_url_set: bool
    review_after: timedelta
    secret_key: str = field(repr=False)
    openai_api_key: str = field(repr=False)
    openai_base_url: str
    model: str
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_whatsapp_from: str
    twilio_api_base: str
    given: frozenset[str]  # the variables that say something, NAME_FILE counted as NAME

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ, **instead: str) -> "Settings":
        """Makes the data folder and, where none is given, the secret key in it, both private; `instead` wins over the
        environment. Raises WrongSetting."""
        files = {f"{name}_FILE": "" for name in instead}
        env = _Environment({**environ, **files, **instead})
        data_dir = env.read("LEADER24_DATA_DIR", "data", _folder)
        file = data_dir / "leader24.db"
        port = env.read("LEADER24_PORT", "8080", _port)
        return cls(
            data_dir=data_dir,
            database_url=env.read("LEADER24_DATABASE_URL", f"sqlite:///{quote(str(file))}", _database),
            host=env.read("LEADER24_HOST", "127.0.0.1", _host),
            port=port,
            public_url=env.read("LEADER24_PUBLIC_URL", f"http://localhost:{port}", written.origin),
            is_public_url_set="LEADER24_PUBLIC_URL" in env.given,
            review_after=env.read("LEADER24_REVIEW_AFTER_MINUTES", "10", written.minutes),
            secret_key=env.read("LEADER24_SECRET_KEY", "", _secret) or _kept_secret(data_dir),
            openai_api_key=env.read("OPENAI_API_KEY", "", written.key),
            openai_base_url=env.read("OPENAI_BASE_URL", "", written.address),
            model=env.read("LEADER24_MODEL", "gpt-5-mini", written.model),
            twilio_account_sid=env.read("TWILIO_ACCOUNT_SID", "", written.account),
            twilio_auth_token=env.read("TWILIO_AUTH_TOKEN", "", written.key),
            twilio_whatsapp_from=env.read("TWILIO_WHATSAPP_FROM", "", written.sender),
            twilio_api_base=env.read("TWILIO_API_BASE", "https://api.twilio.com", written.address),
            given=frozenset(env.given),
        )


@dataclass(frozen=True, slots=True)
class _Environment:
    values: Mapping[str, str]
    given: set[str] = field(default_factory=set)

    def read(self, name: str, default: str, parse: Callable[[str], Value] = str) -> Value:  # type: ignore[assignment]
        said = self._said(name)
        if said is not None:
            self.given.add(name)
        try:
            return parse(default if said is None else said)
        except ValueError as error:
            raise WrongSetting(f"{name} is {self._shown(name, said)}; allowed: {error}") from None

    def _said(self, name: str) -> str | None:
        """The variable, or the file that NAME_FILE names; an empty one counts as not set."""
        file = self.values.get(f"{name}_FILE")
        if not file:
            return self.values.get(name, "").strip() or None
        try:
            return Path(file).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise WrongSetting(f"{name}_FILE is {file!r}; allowed: a text file that can be read ({error})") from None

    def _shown(self, name: str, said: str | None) -> str:
        is_secret = any(word in name for word in ("SECRET", "KEY", "TOKEN")) or "@" in (said or "")
        return "not shown here" if is_secret else repr(said)


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ValueError(f"a folder that can be written ({error.strerror})") from None
    return folder


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise ValueError("a whole number from 1 to 65535")


def _host(text: str) -> str:
    if re.fullmatch(r"[\w.:-]+", text):
        return text
    raise ValueError("an address to listen on, such as 127.0.0.1 or 0.0.0.0")


def _database(text: str) -> str:
    path = text.removeprefix("sqlite:///")
    if path in ("", text):
        raise ValueError("sqlite:///PATH")
    file = Path(unquote(path)).absolute()
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise ValueError("sqlite:///PATH, a file in a folder that can be written")
    return text


def _secret(text: str) -> str:
    if text and len(text) < 32:
        raise ValueError("at least 32 characters")
    return text


def _kept_secret(data_dir: Path) -> str:
    """Made once and readable by its owner only."""
    file = data_dir / "secret_key"
    if not file.exists() or not file.stat().st_size:  # a power cut may leave it empty
        new = data_dir / "secret_key.new"
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48), encoding="ascii")
        new.replace(file)
    return file.read_text(encoding="ascii").strip()
