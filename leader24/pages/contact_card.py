"""Who writes: what is known of the contact, and his other conversations."""

from collections.abc import Awaitable, Callable
from functools import partial

from leader24.i18n import _
from leader24.pages import rows, times, words
from leader24.pages.forms import box, icon, tagged
from leader24.pages.rows import STATUS_TONES
from leader24.services.cards import OtherRow
from leader24.services.detail import Detail

OnOpen = Callable[[int], Awaitable[None]]


def draw(shown: Detail) -> None:
    contact = shown.contact
    facts = {
        _("Name"): contact.name,
        _("Phone"): rows.number(contact.phone) if contact.phone else "",
        _("Email"): contact.email or "",
        _("Language"): times.language(contact.language),
        _("Since"): times.date(contact.since),
    }
    tagged("h3", _("Contact"))
    with box("l24-facts", "dl"):
        for name, value in facts.items():
            tagged("dt", name)
            tagged("dd", value or "—")


def draw_others(others: tuple[OtherRow, ...], on_open: OnOpen) -> None:
    """Links, as they can be opened in a tab of their own too."""
    if not others:
        return
    tagged("h3", _("Other conversations"))
    with box("l24-others", "ul"):
        for other in others:
            with box("", "li"), box("", "a") as link:
                link.props["href"] = f"/conversations/{other.id}"
                link.on("click.exact.prevent", partial(on_open, other.id), args=[])
                with box(f"l24-status {STATUS_TONES[other.status]}", "span") as status:
                    icon(words.STATUS_ICONS[other.status])
                    tagged("span", words.status(other.status), "l24-hidden")
                status.props["title"] = words.status(other.status)
                tagged("span", other.title or words.source(other.source), "title")
                tagged("small", times.short(other.last_message_at))
