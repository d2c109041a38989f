"""What is done less often to a conversation."""

from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages.conversation_actions import Actions
from leader24.pages.copying import copies
from leader24.pages.export_routes import address_of
from leader24.pages.forms import MenuButton, box, icon, tagged


def build(menu: MenuButton, actions: Actions) -> None:
    if actions.shown is None:
        return
    number = actions.shown.id
    path = f"/conversations/{number}"
    menu.item(_("Mark as unread"), actions.mark_unread, symbol="mark_email_unread")
    copies(menu.item(_("Copy link"), lambda: None, symbol="link"), path, _("Link copied"))
    _link(menu, _("Printable page"), f"{path}/print", "print").props["target"] = "_blank"
    if actions.me.role is Role.OWNER:
        _link(menu, _("Export as text"), address_of(number, "txt"), "description").props["download"] = True
        _link(menu, _("Export as JSON"), address_of(number, "json"), "data_object").props["download"] = True
    box("", "hr")
    menu.item(_("Delete"), actions.delete, symbol="delete")


def _link(menu: MenuButton, text: str, href: str, symbol: str) -> ui.element:
    with box("", "a").on("click", menu.close, args=[]) as link:
        link.props["href"] = href
        icon(symbol)
        tagged("span", text)
    return link
