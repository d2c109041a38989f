"""`python -m leader24 COMMAND`: what an operator needs without a browser."""

import argparse
import getpass
import sys

from leader24 import db
from leader24.db import DatabaseUnavailable
from leader24.services import finder, members, preferences
from leader24.services.refusals import Refused
from leader24.settings import Settings, WrongSetting


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m leader24")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("migrate", help="bring the database to this version")
    commands.add_parser("reindex", help="build the search index anew from the database")
    commands.add_parser("check", help="say whether settings, database and search index are well")
    reset = commands.add_parser("reset-password", help="set a member's password and end his sign-ins")
    reset.add_argument("email")
    chosen = parser.parse_args()
    try:
        settings = Settings.from_env()
        db.connect(settings.database_url)
        preferences.use_environment(settings)
        return _run(chosen, settings)
    except (WrongSetting, DatabaseUnavailable) as problem:
        print(problem, file=sys.stderr)
    return 2


def _run(chosen: argparse.Namespace, settings: Settings) -> int:
    db.migrate()
    if chosen.command == "migrate":
        print("The database is up to date.")
        return 0
    if chosen.command == "reindex":
        return _reindex(settings)
    if chosen.command == "check":
        return _check(settings)
    return _reset_password(chosen.email)


def _reindex(settings: Settings) -> int:
    total = finder.count()

    def show(done: int) -> None:
        print(f"\r{done} of {total} conversations", end="", flush=True)

    finder.Finder(settings.index_dir).rebuild(show)
    print(f"\r{total} of {total} conversations. The search index is new.")
    return 0


def _check(settings: Settings) -> int:
    index = finder.Finder(settings.index_dir)
    chosen = preferences.current()
    is_indexed = index.open()
    index.close()
    print(f"data folder     {settings.data_dir}")
    print(f"database        {'well' if db.is_well() else 'cannot be read'}")
    print(f"search index    {'well' if is_indexed else 'is missing or damaged; it is built anew at the start'}")
    print(f"owner           {'set up' if members.is_set_up() else 'none yet: open the link in the log of the server'}")
    print(f"AI              {chosen.model if chosen.has_model else 'offline'}")
    print(f"WhatsApp        {'set up' if chosen.can_send_whatsapp else 'not set up'}")
    return 0 if db.is_well() else 1


def _reset_password(email: str) -> int:
    password = (
        getpass.getpass("New password (at least 12 characters): ")
        if sys.stdin.isatty()
        else sys.stdin.readline().rstrip("\n")
    )
    try:
        members.reset_password(email, password)
    except Refused as problem:
        reasons = {
            "password_short": "A password needs at least 12 characters.",
            "password_long": "A password can have up to 200 characters.",
            "password_common": "This password is among the first that others try.",
            "password_personal": "This password is made of the member's or the business's name.",
            "unknown_email": f"Nobody has the address {email}.",
        }
        print(reasons[problem.code], file=sys.stderr)
        return 1
    print("The password is set, and all sign-ins of the member have ended.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
