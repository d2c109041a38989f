"""What is done less often to a conversation."""

from leader24.i18n import _
from leader24.pages.conversation_actions import Actions
from leader24.pages.copying import copies
from leader24.pages.forms import MenuButton, box, icon, tagged


def build(menu: MenuButton, actions: Actions) -> None:
    if actions.shown is None:
        return
    path = f"/conversations/{actions.shown.id}"
    menu.item(_("Mark unread"), actions.mark_unread, symbol="mark_email_unread")
    copies(menu.item(_("Copy link"), lambda: None, symbol="link"), path, _("Link copied"))
    _link(menu, _("Printable page"), f"{path}/print", "print")


def _link(menu: MenuButton, text: str, href: str, symbol: str) -> None:
    """In a tab of its own."""
    with box("", "a").on("click", menu.close, args=[]) as link:
        link.props.update({"href": href, "target": "_blank"})
        icon(symbol)
        tagged("span", text)
