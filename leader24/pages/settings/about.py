"""This installation: its version, sizes and health, and who changed what lately."""

import asyncio
import platform
from pathlib import Path

from babel.numbers import format_decimal

from leader24 import __version__, i18n
from leader24.i18n import _
from leader24.pages import times, words
from leader24.pages.forms import box, tagged
from leader24.pages.settings import sections
from leader24.pages.settings.change_words import change_words
from leader24.pages.settings.sections import Section
from leader24.services import about, preferences
from leader24.services.about import Change, Installation
from leader24.services.members import Actor


def register(folder: Path) -> None:
    async def build(me: Actor) -> None:
        found = await asyncio.to_thread(about.installation, me.id, folder)
        _installation(found)
        _changes(await asyncio.to_thread(about.changes, me.id))

    sections.add(Section.ABOUT, build)


def _installation(found: Installation) -> None:
    chosen = preferences.current()
    facts = {
        _("Version"): f"Leader24 {__version__}, Python {platform.python_version()}",
        _("Health"): _("All is well") if found.is_well else _("The database cannot be read"),
        _("AI"): chosen.model if chosen.has_model else _("Offline"),
        _("WhatsApp"): _("Set up") if chosen.can_send_whatsapp else _("Not set up"),
        _("Conversations"): _number(found.conversations),
        _("Messages"): _number(found.messages),
        _("Data folder"): str(found.folder),
        _("Database"): words.size(found.database),
        _("Search index"): words.size(found.index),
        _("Backups and copies"): words.size(found.backups),
        _("Free on the disk"): words.size(found.free),
    }
    with box("l24-card"):
        tagged("h2", _("This installation"))
        with box("l24-facts", "dl"):
            for name, fact in facts.items():
                tagged("dt", name)
                tagged("dd", fact)


def _changes(changes: list[Change]) -> None:
    with box("l24-card"):
        tagged("h2", _("What was changed lately"))
        with box("l24-changes", "ul"):
            for change in changes:
                with box("", "li"):
                    tagged("span", change_words(change))
                    tagged("small", times.full(change.at))


def _number(number: int) -> str:
    return str(format_decimal(number, locale=i18n.current()))
