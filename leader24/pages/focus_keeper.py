"""Keeps the focus where a part of the page is drawn anew."""

from nicegui import ui


class FocusKeeper(ui.element, component="focus_keeper.js"):
    """One for a page."""
