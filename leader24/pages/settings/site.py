"""All settings pages, put on the application."""

from pathlib import Path

from leader24.pages.home import Home
from leader24.pages.settings import about, account, ai, bin, business, sections, tags, team, whatsapp, widget


def register(server: str, home: Home, folder: Path) -> None:
    """`server` is our own address, without a slash at the end; `home` that under which a request reached us; `folder`
    the one with the data."""
    sections.add_home()
    business.register()
    ai.register()
    whatsapp.register(server)
    widget.register(server)
    tags.register()
    bin.register()
    team.register(home)
    account.register()
    about.register(folder)
