"""`bin/run --demo`: everything to look at, nothing that stays."""

import argparse
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from leader24.services import example, members, sign_ins
from leader24.services.members import FirstOwner
from leader24.settings import Settings

EMAIL = "owner@example.com"
BUSINESS = "Oak & Linen"
ZONE = "Europe/Rome"


@dataclass(frozen=True, slots=True)
class Account:
    email: str
    password: str


def is_wanted() -> bool:
    """Whether the operator said --demo; what else he says ends the start with how it is used."""
    parser = argparse.ArgumentParser(prog="bin/run", description="Starts Leader24.")
    parser.add_argument("--demo", action="store_true", help="on a throw-away data folder, with an example inbox")
    return bool(parser.parse_args().demo)


def settings() -> Settings:
    """Those of the environment, on a data folder of its own."""
    return Settings.from_env(LEADER24_DATA_DIR=tempfile.mkdtemp(prefix="leader24-demo-"), LEADER24_DATABASE_URL="")


@contextmanager
def filled(settings: Settings, is_demo: bool) -> Iterator[Account | None]:
    """While it lasts there is the example inbox, and its owner; afterwards nothing of it is left."""
    if not is_demo:
        yield None
        return
    try:
        yield _fill()
    finally:
        shutil.rmtree(settings.data_dir, ignore_errors=True)  # not by atexit, which no signal waits for


def _fill() -> Account:
    account = Account(EMAIL, secrets.token_urlsafe(9))
    link = members.new_set_up_link()
    assert link, "the folder is new"
    owner = FirstOwner("Giulia Rossi", account.email, account.password, "en", BUSINESS, ZONE)
    member = sign_ins.signed_in(members.set_up(link, owner))
    assert member, "signed in a moment ago"
    example.load(member.id)
    example.adopt_answers(member.id)
    return account
