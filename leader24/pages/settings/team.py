"""The team: who it is, what each may do, and who is invited."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from nicegui import ui

from leader24 import clock
from leader24.i18n import _, n_
from leader24.models import Role
from leader24.pages import rows, times, words
from leader24.pages.forms import MenuButton, ask, box, button, icon, tagged
from leader24.pages.home import Home
from leader24.pages.settings import links, sections
from leader24.pages.settings.sections import Section
from leader24.services import team
from leader24.services.members import Actor
from leader24.services.refusals import Refused
from leader24.services.team import Invitation, TeamMember

LOOKED_AT_EVERY = 10.0  # seconds; who joins by a link appears by himself
IS_HERE_FOR = timedelta(minutes=10)


def register(home: Home) -> None:
    async def build(me: Actor) -> None:
        await Team(me, home(ui.context.client.request)).build()

    sections.add(Section.TEAM, build)


class Team:
    """One open page. Rows stay while what they say changes, so that the focus and an open menu stay too."""

    def __init__(self, me: Actor, server: str) -> None:
        self._me, self._server = me, server
        self._people: dict[int, Person] = {}
        self._invitations: list[Invitation] = []

    async def build(self) -> None:
        tagged("p", _("Who works here with you, and what each of them may do."))
        with box("l24-card"):
            with box("l24-card-head"):
                tagged("h2", _("People"))
                self._invite = button(_("Invite somebody"), self._on_invite, symbol="person_add")
            self._list = box("l24-people", "ul")
        with box("l24-card") as self._open:
            tagged("h2", _("Open invitations"))
            self._open_list = box("l24-people", "ul")
        await self._show()
        ui.timer(LOOKED_AT_EVERY, self._show, immediate=False)

    async def _show(self) -> None:
        members = await asyncio.to_thread(team.members, self._me.id)
        owners = [each for each in members if each.role is Role.OWNER and not each.is_disabled]
        with self._list:
            for place, member in enumerate(members):
                person = self._people.get(member.id) or Person(member, self)
                self._people[member.id] = person
                person.show(member, is_me=member.id == self._me.id, is_last_owner=owners == [member])
                if self._list.default_slot.children.index(person) != place:
                    person.move(self._list, place)
        invitations = await asyncio.to_thread(team.invitations, self._me.id)
        self._open.set_visibility(bool(invitations))
        if invitations != self._invitations:
            self._invitations = invitations
            self._open_list.clear()
            with self._open_list:
                for invitation in invitations:
                    _invitation(invitation, partial(self._withdraw, invitation))

    async def do(self, verb: Callable[..., Any], *about: Any, said: str) -> None:
        """One of the team's verbs, and the list as it is then."""
        try:
            await asyncio.to_thread(verb, self._me.id, *about)
        except Refused as problem:
            ui.notify(words.refused(problem.code), type="negative")
        else:
            ui.notify(said, type="positive")
        await self._show()

    async def change_role(self, of: TeamMember, role: Role) -> None:
        said = _("{name} is an owner now.") if role is Role.OWNER else _("{name} is a member now.")
        if of.id != self._me.id:
            await self.do(team.change_role, of.id, role, said=said.format(name=rows.isolated(of.name)))
            return
        await asyncio.to_thread(team.change_role, self._me.id, of.id, role)
        ui.navigate.to(Section.ACCOUNT.path)  # this page is for owners

    def make_password_link(self, of: TeamMember) -> None:
        make = partial(team.new_password_link, self._me.id, of.id)
        links.new_password(rows.isolated(of.name), make, self._server)

    def _on_invite(self) -> None:
        links.invite(partial(team.invite, self._me.id), self._server, self._show)

    def _withdraw(self, invitation: Invitation) -> None:
        async def withdraw() -> None:
            await self.do(team.withdraw, invitation.id, said=_("Invitation withdrawn"))
            self._invite.run_method("focus")  # the row is gone

        text = _("Its link stops working at once. You can invite again at any time.")
        ask(_("Withdraw the invitation?"), text, _("Withdraw"), withdraw)


class Person(ui.element):
    """A row: who it is, what he may do, and a menu to change that."""

    def __init__(self, of: TeamMember, team: Team) -> None:
        super().__init__("li")
        self.classes("l24-person")
        self._of, self._team = of, team
        self._is_me = self._is_last_owner = False
        with self:
            self._avatar = tagged("span", "", f"l24-avatar {rows.TONES[of.id % len(rows.TONES)]}")
            self._avatar.props["aria-hidden"] = "true"
            with box("who"):
                with box("names"):
                    self._name = tagged("b")
                    self._you = tagged("span", _("you"), "l24-tag")
                    self._disabled = tagged("span", _("Disabled"), "l24-tag")
                self._email = tagged("small")
                self._seen = tagged("small")
            self._role = tagged("span", "", "role")
            self._menu = MenuButton("", self._build_menu, "l24-button")
            with self._menu:
                icon("more_horiz")

    def show(self, of: TeamMember, *, is_me: bool, is_last_owner: bool) -> None:
        self._of, self._is_me, self._is_last_owner = of, is_me, is_last_owner
        self._avatar.text = rows.initials(of.name, None)
        self._name.text, self._email.text, self._seen.text = of.name, of.email, _seen(of)
        self._role.text = words.role(of.role)
        self._you.set_visibility(is_me)
        self._disabled.set_visibility(of.is_disabled)
        self.classes(add="off") if of.is_disabled else self.classes(remove="off")
        self._menu.call(_("Change {name}").format(name=rows.isolated(of.name)))

    def _build_menu(self, menu: MenuButton) -> None:
        last_owner = words.refused("last_owner") if self._is_last_owner else ""
        self._role_item(menu, last_owner)
        if self._is_me:
            menu.item(_("Change my password"), lambda: ui.navigate.to(Section.ACCOUNT.path), symbol="key")
            menu.item(_("Disable"), self._disable, symbol="block", why_not=words.refused("oneself"))
            return
        why = words.refused("disabled") if self._of.is_disabled else ""
        menu.item(_("New password link"), self._make_password_link, symbol="key", why_not=why)
        if self._of.is_disabled:
            menu.item(_("Enable"), self._enable, symbol="check_circle")
        else:
            menu.item(_("Disable"), self._disable, symbol="block", why_not=last_owner)

    def _role_item(self, menu: MenuButton, why_not: str) -> None:
        if self._of.role is Role.OWNER:
            menu.item(_("Make member"), self._make_member, symbol="person", why_not=why_not)
        else:
            menu.item(_("Make owner"), self._make_owner, symbol="shield_person")

    def _make_owner(self) -> None:
        text = _("{name} may then do all that you may: change settings, keys and the AI agent, and decide on the team.")
        make = partial(self._team.change_role, self._of, Role.OWNER)
        ask(_("Make {name} an owner?").format(name=self._called), text.format(name=self._called), _("Make owner"), make)

    def _make_member(self) -> None:
        title = _("Make {name} a member?").format(name=self._called)
        text = _("{name} keeps working on conversations, but no longer sees settings, keys and the team.")
        if self._is_me:
            title = _("Become a member?")
            text = _("You keep working on conversations, but no longer see settings, keys and the team.")
        make = partial(self._team.change_role, self._of, Role.MEMBER)
        ask(title, text.format(name=self._called), _("Make member"), make)

    def _make_password_link(self) -> None:
        self._team.make_password_link(self._of)

    def _disable(self) -> None:
        said = _("{name} is disabled.").format(name=self._called)
        ask(
            _("Disable {name}?").format(name=self._called),
            _(
                "{name} is signed out everywhere at once and cannot sign in any more. "
                "Notes and messages stay. You can enable {name} again at any time."
            ).format(name=self._called),
            _("Disable"),
            partial(self._team.do, team.disable, self._of.id, said=said),
            is_danger=True,
        )

    async def _enable(self) -> None:
        said = _("{name} can sign in again.").format(name=self._called)
        await self._team.do(team.enable, self._of.id, said=said)

    @property
    def _called(self) -> str:
        return rows.isolated(self._of.name)


def _seen(of: TeamMember) -> str:
    if of.seen_at is None:
        return _("Not signed in anywhere")
    is_here = of.devices > 0 and of.seen_at > clock.now() - IS_HERE_FOR
    seen = _("Here now") if is_here else _("Last seen {when}").format(when=times.full(of.seen_at))
    devices = n_("{count} device", "{count} devices", of.devices)
    return f"{seen} · {devices}" if of.devices else seen


def _invitation(invitation: Invitation, on_withdraw: Callable[[], None]) -> None:
    with box("l24-person", "li"):
        with box("l24-avatar wait", "span") as avatar:
            avatar.props["aria-hidden"] = "true"
            icon("mail")
        with box("who"):
            tagged("b", words.role(invitation.role))
            by = rows.isolated(invitation.made_by)
            tagged("small", _("Invited by {name} {when}").format(name=by, when=times.full(invitation.created_at)))
            tagged("small", _("The link works until {when}").format(when=times.full(invitation.expires_at)))
        button(_("Withdraw"), on_withdraw)
