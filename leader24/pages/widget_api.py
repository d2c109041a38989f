"""The website widget's routes: the loader, the panel's page, messages up, a stream down. None of them sets a cookie."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel, Field, StringConstraints, ValidationError

from leader24 import db
from leader24.models import Author, Source
from leader24.pages import widget_files, writers
from leader24.pages.home import Home
from leader24.pages.limits import USUAL, Allowance, Limits, TooMany
from leader24.pages.writers import Writer
from leader24.services import messages, plain_text, preferences
from leader24.services.intake import Intake
from leader24.services.messages import MOST_AT_ONCE, Arrival, Stored
from leader24.services.preferences import Preferences

HEARTBEAT = 20  # seconds; proxies close what is silent for longer
LARGEST_BODY = 16_384  # bytes; 2,000 characters and a page's address fit in any script
LARGEST_ID = 2**53  # beyond it JavaScript cannot count
DATABASE_PAUSE = 5  # seconds

Token = Annotated[str, Header(alias="authorization", pattern=r"^Bearer [A-Za-z0-9_-]{43}$")]  # 256 random bits
Cursor = Annotated[int, Query(ge=0, le=LARGEST_ID)]
LastEvent = Annotated[int, Header(alias="last-event-id", ge=0, le=LARGEST_ID)]


class Refused(Exception):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(status, code)
        self.status, self.code = status, code


def _seen(text: str) -> str:
    if plain_text.is_blank(text):
        raise ValueError("nobody could see it")
    return text


class Writing(BaseModel):
    """What the panel sends; `id` is the browser's name for the message, the same at each attempt."""

    key: str
    id: str = Field(pattern=r"^[A-Za-z0-9_-]{16}$")
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_seen)]
    page: str = Field("", max_length=2000)
    language: str = Field("", pattern=r"^[a-z]{0,3}$")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the panel gets it; `seq` grows over all conversations of a visitor, `at` is ISO 8601 in UTC."""

    seq: int
    id: str
    author: Author
    name: str
    text: str
    at: str
    answering: bool = False  # to his own message: the agent is about to answer it


@dataclass(frozen=True, slots=True, eq=False)
class Bell:
    rung: asyncio.Event = field(default_factory=asyncio.Event)
    names: set[str | int] = field(default_factory=set)

    @property
    def conversation_id(self) -> int:
        """The newest of those that it hangs for; 0 where there is none yet."""
        return max((name for name in self.names if isinstance(name, int)), default=0)


class Bells:
    """Wakes the streams that show a visitor (by the hash of his token) or a conversation (by its id).

    A ring carries nothing: the stream reads the database, so none can be lost. All on the event loop.
    """

    def __init__(self) -> None:
        self._hung: defaultdict[str | int, set[Bell]] = defaultdict(set)
        self.is_closed = False

    @contextmanager
    def bell(self) -> Iterator[Bell]:
        bell = Bell()
        try:
            yield bell
        finally:
            for name in bell.names:
                self._hung[name].discard(bell)
                if not self._hung[name]:
                    del self._hung[name]

    def hang(self, bell: Bell, names: set[str | int]) -> bool:
        """False where it hung there already."""
        new = names - bell.names
        bell.names.update(new)
        for name in new:
            self._hung[name].add(bell)
        return bool(new)

    def ring(self, name: str | int) -> None:
        for bell in self._hung.get(name, ()):
            bell.rung.set()

    def ring_for_writer(self, conversation_id: int, author: Author) -> None:
        """A visitor knows himself that he writes."""
        if author is Author.MEMBER:
            self.ring(conversation_id)

    def followed_by(self, visitor: str) -> int:
        """The conversation that this visitor has before him; 0 where no stream shows him one."""
        return max((bell.conversation_id for bell in self._hung.get(visitor, ())), default=0)

    def close(self) -> None:
        """Ends all streams. uvicorn waits for open responses before it tells anyone that it stops."""
        self.is_closed = True
        for name in self._hung:
            self.ring(name)


class _Route(APIRoute):
    """Says in small JSON what was refused, and when to come back."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except Refused as refused:
                return _refusal(refused.status, refused.code)
            except RequestValidationError:
                return _refusal(422, "wrong_request")
            except TooMany as refused:
                return _refusal(429, "too_many", refused.wait)
            except db.DatabaseUnavailable:
                return _refusal(503, "database_unavailable", DATABASE_PAUSE)

        return answer


def routes(intake: Intake, bells: Bells, home: Home, limits: Limits = USUAL) -> APIRouter:
    """`home` gives our own public origin. Let `bells.ring` listen to the changes, and close the bells to stop."""
    router = APIRouter(include_in_schema=False, route_class=_Route)
    _serve_files(router, home)
    _serve_reading(router, bells)
    _serve_writing(router, intake, bells, home, limits)
    return router


def _serve_files(router: APIRouter, home: Home) -> None:
    @router.get("/widget.js")
    def loader(request: Request, key: str) -> Response:
        script = widget_files.loader(_chosen(key), home(request))
        return _file(script, "javascript", "max-age=60, stale-while-revalidate=86400")

    @router.get("/widget/panel")
    def panel(request: Request, key: str, site: str, lang: Annotated[str, Query(max_length=35)] = "en") -> HTMLResponse:
        chosen, server = _chosen(key), home(request)
        _require(site in widget_files.sites(chosen, server), 403, "site_not_allowed")
        page = widget_files.panel(chosen, site, lang.lower())
        return HTMLResponse(page, headers=widget_files.panel_headers(chosen, server))

    @router.get("/widget/panel.{kind}")
    def panel_file(kind: Literal["js", "css"]) -> Response:
        return _file(
            widget_files.FILES[f"panel.{kind}"], "css" if kind == "css" else "javascript", "max-age=31536000, immutable"
        )

    @router.get("/widget/page.css")
    def page_style() -> Response:
        return _file(widget_files.FILES["page.css"], "css", "max-age=31536000, immutable")

    @router.get("/widget/privacy")
    def privacy(
        lang: Annotated[str, Query(max_length=35)] = "", accept_language: Annotated[str, Header()] = ""
    ) -> HTMLResponse:
        code = widget_files.language_of(f"{lang},{accept_language}")
        words = widget_files.words_of("privacy", code, preferences.current())
        return HTMLResponse(widget_files.filled("privacy.html", code, words), headers=widget_files.PAGE_HEADERS)


def _serve_reading(router: APIRouter, bells: Bells) -> None:
    @router.get("/widget/messages")
    async def history(token: Token, after: Cursor = 0) -> JSONResponse:
        stored = await asyncio.to_thread(messages.of_identity, await _identity(_visitor(token)), after)
        return _json([_shown(message) for message in stored])

    @router.get("/widget/events")
    async def events(token: Token, last_event: LastEvent = 0) -> StreamingResponse:
        visitor = _visitor(token)
        stream = _follow(bells, visitor, await _identity(visitor), last_event)
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


def _serve_writing(router: APIRouter, intake: Intake, bells: Bells, home: Home, limits: Limits) -> None:
    requests, newcomers, by_visitor = map(Allowance, (limits.requests, limits.newcomers, limits.messages))
    keys = Allowance(limits.keys)

    @router.post("/widget/messages")
    async def receive(request: Request, token: Token) -> JSONResponse:
        _require(request.headers.get("origin") == home(request), 403, "origin_not_allowed")
        address, visitor = request.client.host if request.client else "", _visitor(token)
        requests.spend(address)
        writing = await _writing(request)
        _chosen(writing.key)  # in memory, but for the first time after a change
        by_visitor.spend(visitor)
        await welcome(address, visitor)
        stored = await intake.receive(_arrival(visitor, writing))
        if stored.is_new and stored.seq == 1:
            newcomers.note(address)
            bells.ring(visitor)  # whose streams do not know this conversation yet
        writers.end(stored.conversation_id, Author.CUSTOMER)
        return _json(_shown(stored))

    @router.post("/widget/typing")
    async def note_typing(request: Request, token: Token) -> Response:
        """Nobody waits for it and nothing is stored: who has no stream open costs nothing."""
        _require(request.headers.get("origin") == home(request), 403, "origin_not_allowed")
        visitor = _visitor(token)
        if conversation_id := bells.followed_by(visitor):
            keys.spend(visitor)
            writers.note(conversation_id, Author.CUSTOMER)
        return Response(status_code=204)

    async def welcome(address: str, visitor: str) -> None:
        """Whoever is known may go on where too many new ones came from: only then it is worth a look."""
        try:
            newcomers.check(address)
        except TooMany:
            if await asyncio.to_thread(messages.identity_of, Source.WIDGET, visitor) is None:
                raise


async def _follow(bells: Bells, visitor: str, identity: int, after: int) -> AsyncIterator[str]:
    """First everything after that message, then what comes."""
    yield ":\n\n"
    with bells.bell() as bell:
        try:
            known = await asyncio.to_thread(messages.conversation_of, identity)
            told: Writer | None = None
            bells.hang(bell, {visitor} if known is None else {visitor, known})
            while not bells.is_closed:
                bell.rung.clear()
                news = await asyncio.to_thread(messages.of_identity, identity, after)
                for message in news:
                    after = message.id
                    yield _event(message)
                writer = writers.who(bell.conversation_id, Author.MEMBER)
                if writer != told:
                    yield _typing(writer)
                    told = writer
                if bells.hang(bell, {message.conversation_id for message in news}) or len(news) == MOST_AT_ONCE:
                    continue
                if not await _is_rung(bell):
                    yield ":\n\n"
        except db.DatabaseUnavailable:
            return  # the panel comes back by itself, with the last message that it saw


async def _is_rung(bell: Bell) -> bool:
    try:
        await asyncio.wait_for(bell.rung.wait(), HEARTBEAT)
    except TimeoutError:
        return False
    return True


def _event(message: Stored) -> str:
    return f"id: {message.id}\ndata: {json.dumps(asdict(_shown(message)))}\n\n"


def _typing(writer: Writer | None) -> str:
    """Without an id: it is nothing to continue from."""
    return f"event: typing\ndata: {json.dumps(writer.name if writer else '')}\n\n"


def _shown(message: Stored) -> Shown:
    own_id = message.external_id.partition(":")[2]
    return Shown(
        seq=message.id,
        id=own_id if message.author is Author.CUSTOMER else message.external_id,
        author=message.author,
        name=message.author_name,
        text=message.text,
        at=message.at.isoformat(),
        answering=message.is_for_agent,
    )


def _arrival(visitor: str, writing: Writing) -> Arrival:
    return Arrival(
        source=Source.WIDGET,
        sender=visitor,
        external_id=f"{visitor[:16]}:{writing.id}",
        text=writing.text,
        language=writing.language,
        page=writing.page,
    )


async def _writing(request: Request) -> Writing:
    body = b""
    async for chunk in request.stream():
        body += chunk
        _require(len(body) <= LARGEST_BODY, 413, "too_large")
    try:
        return Writing.model_validate_json(body)
    except ValidationError:
        raise Refused(422, "wrong_request") from None


def _visitor(token: str) -> str:
    """The token stays with the visitor, we know him by its hash."""
    return sha256(token.removeprefix("Bearer ").encode()).hexdigest()


async def _identity(visitor: str) -> int:
    known = await asyncio.to_thread(messages.identity_of, Source.WIDGET, visitor)
    if known is None:
        raise Refused(401, "unknown_visitor")
    return known


def _chosen(key: str) -> Preferences:
    """The preferences, for those who know the widget's key."""
    chosen = preferences.current()
    _require(bool(key) and key == chosen.widget_key, 404, "unknown_key")
    return chosen


def _require(is_so: bool, status: int, code: str) -> None:
    if not is_so:
        raise Refused(status, code)


def _file(text: str, kind: Literal["javascript", "css"], caching: str) -> Response:
    headers = {
        "Cache-Control": f"public, {caching}",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(text, media_type=f"text/{kind}", headers=headers)


def _json(shown: Shown | list[Shown]) -> JSONResponse:
    content = [asdict(each) for each in shown] if isinstance(shown, list) else asdict(shown)
    return JSONResponse(content, headers={"Cache-Control": "no-store"})


def _refusal(status: int, code: str, wait: int | None = None) -> JSONResponse:
    headers = {"Retry-After": str(wait)} if wait else {}
    return JSONResponse({"error": code}, status, headers | {"Cache-Control": "no-store"})
