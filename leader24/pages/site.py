"""Every page and route, put on one application: ours outside, NiceGUI's inside, and the guard before both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from nicegui import app, ui
from nicegui.storage import Storage
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse

from leader24 import changes
from leader24.pages import (
    agent,
    demo,
    export_routes,
    frame,
    health,
    inbox,
    join,
    live,
    media,
    open_pages,
    print_page,
    reset,
    set_up,
    sign_in,
    start,
    webhooks,
    widget_api,
    writers,
)
from leader24.pages.guard import Guard, failed
from leader24.pages.home import always, as_asked
from leader24.pages.settings import account
from leader24.pages.settings import site as settings_pages
from leader24.pages.widget_api import Bells
from leader24.services.finder import Finder
from leader24.services.intake import Intake
from leader24.settings import Settings

RECONNECT = 30  # seconds in which a browser may come back to its page with all that was typed


def mount(web: FastAPI, settings: Settings, finder: Finder, bells: Bells, *, is_demo: bool) -> None:
    intake = Intake()
    home = always(settings.public_url) if settings.is_public_url_set else as_asked
    is_secure = settings.public_url.startswith("https://")
    web.include_router(health.routes())
    web.include_router(webhooks.routes(intake, settings.public_url))
    web.include_router(widget_api.routes(intake, bells, home))
    web.include_router(demo.routes(home))
    web.include_router(export_routes.routes())
    web.include_router(media.routes())
    web.include_router(sign_in.routes(is_secure))
    web.include_router(set_up.routes(is_secure))
    web.include_router(join.routes(is_secure))
    web.include_router(reset.routes(is_secure))
    web.include_router(account.routes(is_secure))
    web.include_router(print_page.routes())
    for folder in ("/webhooks", "/widget"):  # what is left of them, before NiceGUI answers it with a cookie
        web.mount(folder, PlainTextResponse("Nothing is here.", 404))
    frame.install()
    sign_in.register()
    set_up.register()
    join.register()
    reset.register()
    inbox.register(finder)
    agent.register()
    start.register()
    settings_pages.register(settings.public_url, home, settings.data_dir)
    Storage.path = settings.data_dir / "nicegui"  # of the class: of the object NiceGUI would not see it
    ui.run_with(
        web,
        title="Leader24",
        language="en-US",
        dark=None,
        tailwind=False,
        reconnect_timeout=RECONNECT,
        storage_secret=settings.secret_key,
        session_middleware_kwargs={"https_only": is_secure, "same_site": "lax"},
        show_welcome_message=False,
        gzip_middleware_factory=None,
    )
    for each in (web, app):
        each.add_exception_handler(Exception, failed)
    web.add_middleware(GZipMiddleware)
    web.add_middleware(Guard, origin=settings.public_url, is_demo_public=is_demo)


@asynccontextmanager
async def news(bells: Bells) -> AsyncIterator[None]:
    """While it lasts, open pages and open chats hear what changes."""
    changes.start()
    ringing = [changes.subscribe(bells.ring), writers.subscribe(bells.ring_for_writer)]
    endings = [live.start(), open_pages.start(), *ringing]
    try:
        yield
    finally:
        for end in endings:
            end()
        changes.stop()
