from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from leader24 import changes, db
from leader24.models import Record
from leader24.pages import demo, widget_api, writers
from leader24.pages.home import always
from leader24.pages.limits import USUAL, Limits
from leader24.pages.widget_api import Bells
from leader24.services import preferences
from leader24.services.intake import Intake
from tests.widget.visitor import KEY, SERVER, SITE, Visitor


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    db.connect(f"sqlite:///{tmp_path / 'widget.db'}")
    Record.metadata.create_all(db.engine())
    preferences.use_defaults(review_after=timedelta(minutes=10))
    choose(business_name="Oak & Linen", widget_key=KEY, widget_sites=(SITE,))
    yield
    preferences.forget()
    db.disconnect()


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(web(Bells()), base_url=SERVER) as client:
        yield client


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    return Visitor(client)


def choose(**values: object) -> None:
    """What the owner sets in the browser."""
    with db.write() as session:
        preferences.store(session, **values)
    preferences.forget()


def web(bells: Bells, limits: Limits = USUAL) -> FastAPI:
    app = FastAPI(lifespan=_listening(bells), openapi_url=None)
    app.include_router(widget_api.routes(Intake(), bells, always(SERVER), limits))
    app.include_router(demo.routes(always(SERVER)))
    return app


def _listening(bells: Bells):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        changes.start()
        endings = changes.subscribe(bells.ring), writers.subscribe(bells.ring_for_writer)
        yield
        for end in endings:
            end()
        changes.stop()

    return lifespan
