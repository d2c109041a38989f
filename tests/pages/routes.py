"""`python -m tests.pages.routes` lists every route of the application, ours and NiceGUI's: method and path.

A process of its own, as NiceGUI is one for each process.
"""

import re
import sys
from collections.abc import Iterable, Iterator

from starlette.routing import BaseRoute, Mount, Route

from app import build
from leader24.pages.widget_api import Bells
from leader24.settings import Settings


def walk(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, str]]:
    for folder, route in endpoints(routes):
        if isinstance(route, Route):
            yield from ((method, folder + route.path) for method in sorted(route.methods or ()))
        else:
            yield "GET", f"{folder}/anything"


def endpoints(routes: Iterable[BaseRoute], folder: str = "") -> Iterator[tuple[str, Route | Mount]]:
    """Each with the folder in which it lies; a folder itself, too."""
    for route in routes:
        if isinstance(route, Mount):
            yield folder + route.path, route
            yield from endpoints(route.routes, folder + route.path)
        elif isinstance(route, Route):
            yield folder, route
        else:  # FastAPI's included routers
            yield from endpoints(getattr(route, "original_router").routes, folder)  # noqa: B009 (of a private class)


if __name__ == "__main__":
    for method, path in sorted(set(walk(build(Settings.from_env(), Bells()).routes))):
        sys.stdout.write(f"{method} {re.sub('{[^}]+}', '1', path)}\n")
