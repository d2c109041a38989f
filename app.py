"""Leader24, put together from its parts and started."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from leader24 import db, demo, snapshots
from leader24.pages import site
from leader24.pages.widget_api import Bells
from leader24.rounds import Rounds
from leader24.server import Server, announce, prepare_process, take_data_dir, take_port
from leader24.services import preferences
from leader24.services.finder import Finder
from leader24.settings import Settings, WrongSetting
from leader24.timers import enough_threads


def build(settings: Settings, bells: Bells, *, is_demo: bool = False) -> FastAPI:
    """The application, not yet started. Raises DatabaseUnavailable."""
    db.connect(settings.database_url)
    snapshots.migrate(settings)
    preferences.use_environment(settings)
    preferences.ensure_widget_key()
    finder = Finder(settings.index_dir)
    rounds = Rounds.of(settings, finder)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        enough_threads()
        with demo.filled(settings, is_demo) as account:
            async with site.news(bells), rounds.running():
                announce(settings, account)
                yield
            db.disconnect()

    web = FastAPI(lifespan=lifespan, openapi_url=None)
    site.mount(web, settings, finder, bells, is_demo=is_demo)
    return web


def main() -> int:
    is_demo = demo.is_wanted()
    prepare_process()
    bells = Bells()
    try:
        settings = demo.settings() if is_demo else Settings.from_env()
        port, data_dir = take_port(settings), take_data_dir(settings)
        web = build(settings, bells, is_demo=is_demo)
    except (WrongSetting, db.DatabaseUnavailable) as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    with data_dir:
        Server.of(web, settings, bells.close).run([port])
    return 0


if __name__ == "__main__":
    sys.exit(main())
