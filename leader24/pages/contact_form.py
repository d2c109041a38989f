"""The dialog in which a member corrects what is known of a contact."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from leader24.i18n import _
from leader24.pages import times, words
from leader24.pages.forms import Choice, Field, box, button, dialog
from leader24.pages.rows import isolated, number
from leader24.services import contacts
from leader24.services.cards import ContactCard
from leader24.services.contacts import LONGEST_NAME, Change, ContactFields
from leader24.services.members import Actor
from leader24.services.refusals import Overtaken, Refused

OnEdited = Callable[[Change], None]


class ContactForm:
    """An open dialog. What somebody else changes meanwhile is neither lost nor silently put in place of what was
    typed: `_then` is what the member has seen."""

    def __init__(self, me: Actor, conversation_id: int, contact: ContactCard, on_edited: OnEdited) -> None:
        self._me, self._conversation_id, self._on_edited = me, conversation_id, on_edited
        self._then = ContactFields(contact.name, contact.phone or "", contact.email or "", contact.language)
        self._phone = number(contact.phone) if contact.phone else ""
        self._dialog, panel = dialog(_("Edit the contact"))
        with panel:
            self._build(contact)

    def _build(self, contact: ContactCard) -> None:
        replies = _("Replies on WhatsApp still go to {number}.").format(number=number(contact.whatsapp or ""))
        self._fields = {
            "name": Field(_("Name"), value=contact.name, most=LONGEST_NAME),
            "phone": Field(_("Phone"), value=self._phone, kind="tel", hint=replies if contact.whatsapp else ""),
            "email": Field(_("Email"), value=contact.email or "", kind="email"),
        }
        self._language = Choice(_("Language"), times.languages(contact.language), contact.language)
        for field in self._fields.values():
            field.input.on("keydown.enter", self._save, args=[])
        with box("l24-buttons"):
            button(_("Cancel"), self._dialog.close)
            button(_("Save"), self._save, classes="l24-button primary")
        self._fields["name"].input.run_method("focus")

    async def _save(self) -> None:
        for name in (*self._fields, "language"):
            self._complain(name, "")
        edit = partial(contacts.edit, self._me.id, self._conversation_id, country=times.country())
        try:
            change = await asyncio.to_thread(edit, self._typed(), self._then)
        except Refused as problem:
            self._complain(problem.code.removeprefix("contact_"), words.refused(problem.code))
        except Overtaken as problem:
            self._then = replace(self._then, **problem.now)
            for name, text in problem.now.items():
                self._complain(name, _overtaken(name, text, problem.by))
        else:
            self._dialog.close()
            self._on_edited(change)

    def _typed(self) -> ContactFields:
        typed = {name: field.value for name, field in self._fields.items()}
        if typed["phone"] == self._phone:  # as it was shown, with spaces
            typed["phone"] = self._then.phone
        return ContactFields(**typed, language=self._language.value)

    def _complain(self, name: str, text: str) -> None:
        (self._fields.get(name) or self._language).complain(text)


def _overtaken(field: str, text: str, by: str) -> str:
    as_read: dict[str, Callable[[str], str]] = {"phone": number, "language": times.language}
    shown = as_read.get(field, isolated)(text) if text else _("nothing")
    if not by:
        return _("Meanwhile this became “{text}”. Save again to use what you typed.").format(text=shown)
    says = _("{name} has changed this to “{text}” meanwhile. Save again to use what you typed.")
    return says.format(name=isolated(by), text=shown)
