"""What all settings pages have: their place in the navigation, and who may see them."""

from collections.abc import Awaitable, Callable
from enum import Enum

from fastapi import Request
from fastapi.responses import RedirectResponse
from nicegui import ui

from leader24.i18n import _
from leader24.models import Role
from leader24.pages.forms import box, icon, tagged
from leader24.pages.frame import actor, frame
from leader24.services.members import Actor

HOME = "/settings"

# On a phone the sections are one long line.
SHOW_WHERE = "document.querySelector('.l24-sections [aria-current]')?.scrollIntoView({inline: 'center'})"

Build = Callable[[Actor], Awaitable[None]]


class Section(Enum):
    """By the last part of its address, in the order of the navigation; `symbol` is a Material Symbol."""

    BUSINESS = "business", "storefront"
    AI = "ai", "neurology"
    WHATSAPP = "whatsapp", "call"
    WIDGET = "widget", "chat_bubble"
    TAGS = "tags", "label"
    BIN = "bin", "delete"
    TEAM = "team", "group"
    ACCOUNT = "account", "person"
    ABOUT = "about", "info"

    def __init__(self, name: str, symbol: str) -> None:
        self.path, self.symbol = f"{HOME}/{name}", symbol

    @property
    def is_for_all(self) -> bool:
        """Members too; the others are for owners."""
        return self in (Section.TAGS, Section.BIN, Section.ACCOUNT)

    @property
    def title(self) -> str:
        return {
            Section.BUSINESS: _("Business"),
            Section.AI: _("AI"),
            Section.WHATSAPP: _("WhatsApp"),
            Section.WIDGET: _("Chat widget"),
            Section.TAGS: _("Tags"),
            Section.BIN: _("Bin"),
            Section.TEAM: _("Team"),
            Section.ACCOUNT: _("My account"),
            Section.ABOUT: _("About"),
        }[self]


def add(section: Section, build: Build) -> None:
    """The page at the section's address; `build` fills it for those who may see it."""

    @ui.page(section.path)
    async def page(request: Request) -> None:
        me = actor(request)
        with frame(section.title, me, active=HOME), box("l24-settings"):
            _navigation(me, section)
            with box("l24-page") as content:
                if section is Section.ABOUT:  # nothing in it takes the focus, and the keyboard must scroll it
                    content.props.update({"tabindex": "0", "role": "region", "aria-label": section.title})
                tagged("h1", section.title)
                if me.role is Role.OWNER or section.is_for_all:
                    await build(me)
                else:
                    tagged("p", _("Only owners may see and change this."), "l24-notice")
        ui.run_javascript(SHOW_WHERE)


def add_home() -> None:
    @ui.page(HOME)
    async def home(request: Request) -> RedirectResponse:
        first = Section.BUSINESS if actor(request).role is Role.OWNER else Section.ACCOUNT
        return RedirectResponse(first.path, 303)


def _navigation(me: Actor, here: Section) -> None:
    with box("l24-sections", "nav") as navigation:
        navigation.props["aria-label"] = _("Settings")
        for section in Section:
            if me.role is Role.OWNER or section.is_for_all:
                _link(section, is_here=section is here)


def _link(section: Section, *, is_here: bool) -> None:
    with box("l24-link", "a") as link:
        link.props["href"] = section.path
        if is_here:
            link.props["aria-current"] = "page"
        icon(section.symbol)
        tagged("span", section.title)
