"""Native elements with the product's looks: text in a tag, buttons, menus and fields."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from babel.numbers import format_decimal
from nicegui import ui

from leader24 import i18n
from leader24.i18n import _
from leader24.pages.text_input import OnChange, TextInput

Handler = Callable[[], Any]

FIRST_CLICK = "(event) => event.detail < 2 && emit()"  # the browser counts the clicks of a double click
NEARLY = 0.8  # of a limit

# Up and down in a menu, past what stands aside of a choice; in its fields they are the fields' own.
ARROWS = """(event) => {
  const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
  if (!step || event.target.closest('input, textarea, select')) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button:not([disabled], .l24-aside), a')];
  const active = document.activeElement;
  const at = all.indexOf(active.matches('.l24-aside') ? active.previousElementSibling : active);
  all.at(at < 0 && step < 0 ? -1 : (at + step) % all.length)?.focus();
}"""


# A dialog keeps the focus: from its last control the Tab key leads to the first one, and back.
TRAP = """(event) => {
  if (event.key !== 'Tab') return;
  const all = [...event.currentTarget.querySelectorAll('a[href], button:enabled, input:enabled, textarea:enabled, ' +
    'select:enabled, summary, [tabindex="0"]')].filter((each) => each.checkVisibility({ visibilityProperty: true }));
  if (document.activeElement !== (event.shiftKey ? all[0] : all.at(-1))) return;
  event.preventDefault();
  (event.shiftKey ? all.at(-1) : all[0]).focus();
}"""


def tagged(tag: str, text: str = "", classes: str = "") -> ui.label:
    """A text in an element of that kind."""
    label = ui.label(text).classes(classes)
    label.tag = tag
    return label


def box(classes: str = "", tag: str = "div") -> ui.element:
    return ui.element(tag).classes(classes)


def mark(element: ui.element, name: str, is_so: bool) -> None:
    """With that class or without."""
    element.classes(add=name) if is_so else element.classes(remove=name)


def icon(name: str) -> ui.label:
    symbol = tagged("i", name, "ms")
    symbol.props["aria-hidden"] = "true"
    return symbol


def button(text: str, on_click: Handler | None = None, *, symbol: str = "", classes: str = "l24-button") -> ui.element:
    """With a text to read, or what the caller puts into it; `symbol` is a Material Symbol before the text."""
    made = ui.element("button").classes(classes)
    made.props["type"] = "button"
    with made:
        if symbol:
            icon(symbol)
        if text:
            tagged("span", text)
    if on_click:
        _on_press(made, on_click)
    return made


def icon_button(symbol: str, name: str, on_click: Handler, *, classes: str = "l24-button") -> ui.element:
    """A symbol only; `name` is what it is called by those who do not see it, and its tooltip."""
    made = ui.element("button").classes(classes)
    made.props["type"] = "button"
    made.props["aria-label"] = made.props["title"] = name
    _on_press(made, on_click)
    with made:
        icon(symbol)
    return made


def _on_press(made: ui.element, on_click: Handler) -> None:
    """A double click, which is a habit of many, is one click: what is saved is saved once."""
    made.on("click", lambda: on_click(), js_handler=FIRST_CLICK)


def go(href: str, text: str) -> None:
    """A link that looks like the main button of its page."""
    with box("l24-button primary", "a") as link:
        link.props["href"] = href
        tagged("span", text)


class MenuButton(ui.element):
    """A button whose menu is built each time that it opens, so that it costs a page nothing until then."""

    def __init__(self, name: str, build: Callable[["MenuButton"], None], classes: str) -> None:
        super().__init__("button")
        self.classes(classes)
        self.props.update({"type": "button", "aria-haspopup": "dialog"})
        self._name, self._build = name, build
        self._menu: ui.menu | None = None
        self.on("click", self.open, args=[])

    def call(self, name: str) -> None:
        """For a button that shows a symbol only."""
        self._name = self.props["aria-label"] = self.props["title"] = name

    @property
    def is_open(self) -> bool:
        return self._menu is not None and not self._menu.is_deleted and bool(self._menu.value)

    def open(self) -> None:
        if self._menu and not self._menu.is_deleted:
            self._menu.delete()
        with self, ui.menu().classes("l24-menu").props("no-parent-event role=dialog") as self._menu:
            self._menu.props["aria-label"] = self._name
            self._menu.on("keydown", js_handler=ARROWS)
            self._build(self)
        self._menu.open()

    def close(self) -> None:
        if self._menu and not self._menu.is_deleted:
            self._menu.close()

    def item(
        self, text: str, on_click: Handler, *, symbol: str = "", is_chosen: bool | None = None, why_not: str = ""
    ) -> ui.element:
        """What can be done, which closes the menu; `is_chosen` makes it one choice of several, with a tick. `why_not`
        says why it cannot be done."""

        def act() -> Any:
            self.close()
            return on_click()

        made = button(text, act if is_chosen is None else on_click, symbol=symbol, classes="")
        if why_not:
            made.props["disabled"] = True
            made.props["aria-describedby"] = tagged("p", why_not).html_id
        if is_chosen is not None:
            made.props["aria-pressed"] = "true" if is_chosen else "false"
        if is_chosen:
            with made:
                icon("check").classes("tick")
        return made


class Field(ui.element):
    """A labelled native field with a place for what is wrong with it."""

    def __init__(  # noqa: PLR0913 (each is one word where a field is made)
        self,
        label: str,
        *,
        value: str = "",
        kind: str = "text",
        hint: str = "",
        name: str = "",
        autocomplete: str = "off",
        most: int = 0,
        on_change: OnChange | None = None,
        keep: str = "",
    ) -> None:
        """`most`: of how many characters there may be; close to it and beyond it is said how many there are. `keep`:
        as for TextInput."""
        super().__init__()
        self.classes("l24-field")
        self._most, self._on_change = most, on_change
        with self:
            named = tagged("label", label)
            self.input = TextInput(value, kind=kind, on_change=self._changed, keep=keep)
            named.props["for"] = self.input.html_id
            self.input.props["autocomplete"] = autocomplete
            if name:
                self.input.props["name"] = name
            if hint:
                self.input.props["aria-describedby"] = tagged("small", hint).html_id
            self._count = tagged("p", "", "l24-counter") if most else None
            self._error = tagged("p", "", "l24-error")
            self._error.props["role"] = "alert"
        self._count_characters()

    @property
    def value(self) -> str:
        return self.input.value

    def complain(self, text: str) -> None:
        """Say what is wrong; what was typed stays."""
        self._error.text = text
        self.input.props["aria-invalid"] = "true" if text else "false"
        if text:
            self.input.run_method("focus")

    def _changed(self, text: str) -> Any:
        self._count_characters()
        return self._on_change(text) if self._on_change else None

    def _count_characters(self) -> None:
        if self._count:
            length = len(self.value.strip())
            self._count.set_text(characters(length, self._most) if length > self._most * NEARLY else "")
            mark(self._count, "over", length > self._most)


def characters(count: int, most: int) -> str:
    """How many there are of how many."""
    so_many, at_most = (str(format_decimal(each, locale=i18n.current())) for each in (count, most))
    return _("{count} of {most} characters").format(count=so_many, most=at_most)


def new_password(label: str, *, name: str = "password") -> Field:
    hint = _("At least 12 characters. A few words are easy to keep.")
    return Field(label, name=name, kind="password", hint=hint, autocomplete="new-password")


class Choice(ui.element):
    """A labelled native choice between named values."""

    def __init__(self, label: str, options: dict[str, str], value: str, *, name: str = "") -> None:
        super().__init__()
        self.classes("l24-field")
        self.value = value
        with self:
            named = tagged("label", label)
            self.input = ui.element("select")
            if name:
                self.input.props["name"] = name
            named.props["for"] = self.input.html_id
            with self.input:
                for key, text in options.items():
                    option = tagged("option", text)
                    option.props["value"] = key
                    if key == value:
                        option.props["selected"] = "selected"
            self._error = tagged("p", "", "l24-error")
            self._error.props["role"] = "alert"
        self.input.on("change", self._chosen, js_handler="(event) => emit(event.target.value)")

    def complain(self, text: str) -> None:
        self._error.text = text
        self.input.props["aria-invalid"] = "true" if text else "false"

    def _chosen(self, event: Any) -> None:
        self.value = str(event.args)


class Options(ui.element):
    """A choice of one among few, each with a sentence that says what it means."""

    def __init__(self, label: str, options: Mapping[str, tuple[str, str]], value: str) -> None:
        super().__init__("fieldset")
        self.classes("l24-options")
        self.value = value
        with self:
            tagged("legend", label)
            for key, (text, meaning) in options.items():
                with box("", "label"):
                    radio = ui.element("input")
                    radio.props.update({"type": "radio", "name": self.html_id, "value": key, "checked": key == value})
                    with box("", "span"):
                        tagged("b", text)
                        tagged("small", meaning)
        self.on("change", self._chosen, js_handler="(event) => emit(event.target.value)")

    def _chosen(self, event: Any) -> None:
        self.value = str(event.args)


def form(action: str) -> ui.element:
    """Sent by the browser itself, so that password managers know it."""
    made = ui.element("form")
    made.props.update({"method": "post", "action": action})
    return made


def dialog(title: str) -> tuple[ui.dialog, AbstractContextManager[Any]]:
    """An open dialog and where its content goes. It is deleted when it closes, and only then: it belongs to the page
    itself, as the part from which it was opened may be drawn anew meanwhile."""
    with ui.context.client.content:
        made = ui.dialog(value=True)
    made.props["aria-label"] = title
    made.on("hide", lambda: made.delete(), args=[])
    with made:
        panel = box("l24-dialog")
        panel.on("keydown", js_handler=TRAP)
    with panel:
        tagged("h2", title)
    return made, panel


def ask(title: str, text: str, verb: str, on_yes: Callable[[], Awaitable[None]], *, is_danger: bool = False) -> None:
    """Before what others would be surprised by: what happens, in words, and the verb itself to agree with."""

    async def agree() -> None:
        shown.close()
        await on_yes()

    shown, panel = dialog(title)
    with panel:
        tagged("p", text)
        with box("l24-buttons"):
            button(_("Cancel"), shown.close)
            button(verb, agree, classes="l24-button danger" if is_danger else "l24-button primary")
