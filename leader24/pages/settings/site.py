"""All settings pages, put on the application."""

from leader24.pages.settings import sections, tags, whatsapp, widget


def register(server: str) -> None:
    """`server` is our own address, without a slash at the end."""
    sections.add_home()
    whatsapp.register(server)
    widget.register(server)
    tags.register()
