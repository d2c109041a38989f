"""Conversations as files: who gets them, how they are called, and what stands in them."""

import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Client, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from leader24.models import Member, Source
from leader24.pages import export_routes
from leader24.services import attachments, bin, notes, tags
from leader24.services.downloads import File, NotFetched
from leader24.services.sign_ins import Actor
from leader24.services.twilio_client import Media
from tests import factories
from tests.fakes.files import PDF
from tests.server import App
from tests.times import later


class Asked:
    """The routes as the guard lets somebody come to them."""

    def __init__(self) -> None:
        web = FastAPI()
        web.include_router(export_routes.routes())
        self._web: ASGIApp = web
        self.me: Actor | None = None
        self._client = AsyncClient(transport=ASGITransport(self), base_url="http://test")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("state", {})["actor"] = self.me
        await self._web(scope, receive, send)

    async def by(self, member: Member, path: str, language: str = "en") -> Response:
        self.me = actor(member, language)
        return await self._client.get(path)


def actor(member: Member, language: str = "en") -> Actor:
    return Actor(member.id, member.name, member.role, language, "system", member.email, "-")


@pytest.fixture
def routes(database: object) -> Iterator[Asked]:
    yield Asked()


def name_of(answer: Response) -> str:
    return answer.headers["content-disposition"]


async def test_one_conversation_is_a_text_to_read(routes: Asked, ana: Member) -> None:
    number = factories.listed(
        "How much is the oak chair?", name="Maria Rossi", phone="+393472209184", title="Six chairs"
    )
    tags.add(ana.id, number, "kitchen")
    notes.add(ana.id, number, "Called her.\nShe will come by.")
    answer = await routes.by(ana, f"/conversations/{number}/export.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert name_of(answer) == f'attachment; filename="leader24-maria-rossi-{number}.txt"'
    for text in (
        "Six chairs\nContact: Maria Rossi\nPhone: +39 347 220 9184",
        "Status: Info Only\nTags: kitchen",
        "AI review\n---------\nQuality score: good (80)",
        "Customer wants: Chairs.",
        "- Resolved or moved forward: 80. Answered.",
        "Called her.\nShe will come by.",
        "How much is the oak chair?",
        "The oak chair is €148.",
        "[Ana added the tag kitchen",
        "[Ana exported the conversation",
    ):
        assert text in answer.text, text
    assert answer.text.index("How much") < answer.text.index("€148") < answer.text.index("added the tag")


async def test_it_speaks_the_language_of_who_takes_it(routes: Asked, ana: Member) -> None:
    number = factories.listed("Quanto costa?", name="Maria")
    answer = await routes.by(ana, f"/conversations/{number}/export.txt", "it")
    assert "Contatto: Maria" in answer.text and "Stato: Solo informazioni" in answer.text


async def test_one_conversation_is_json_with_everything(routes: Asked, ana: Member) -> None:
    number = factories.listed("oak")
    answer = await routes.by(ana, f"/conversations/{number}/export.json")
    assert answer.headers["content-type"] == "application/json"
    assert [each["id"] for each in json.loads(answer.text)["conversations"]] == [number]


async def test_several_are_fetched_from_where_they_were_laid_ready(routes: Asked, ana: Member) -> None:
    made = [factories.listed("oak", name=name) for name in ("Maria", "Luca", "Ada")]
    path = export_routes.lay_ready(actor(ana), made[:2], "txt")
    answer = await routes.by(ana, path)
    assert name_of(answer).startswith('attachment; filename="leader24-2-conversations-20')
    assert "Maria" in answer.text and "Luca" in answer.text and "Ada" not in answer.text
    assert answer.text.count("=" * 72) == 1
    found = await routes.by(ana, export_routes.lay_ready(actor(ana), made[::-1], "json"))
    assert [each["id"] for each in json.loads(found.text)["conversations"]] == made[::-1]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ('../..\\"Maria"\r\nX: y', "leader24-maria-x-y-1.txt"),
        ("Ærø Ünal-Çelik", "leader24-r-unal-celik-1.txt"),
        ("田中", "leader24-1.txt"),
        ("a" * 300, f"leader24-{'a' * 60}-1.txt"),
    ],
)
async def test_every_system_takes_the_name_of_the_file(routes: Asked, ana: Member, name: str, file: str) -> None:
    number = factories.listed("oak", name=name)
    assert number == 1
    assert name_of(await routes.by(ana, "/conversations/1/export.txt")) == f'attachment; filename="{file}"'


@pytest.mark.parametrize("kind", ["txt", "json"])
async def test_members_who_are_no_owners_get_none(
    routes: Asked, ana: Member, ben: Member, kind: export_routes.Kind
) -> None:
    number = factories.listed("oak")
    laid = export_routes.lay_ready(actor(ben), [number], kind)
    for path in (export_routes.address_of(number, kind), laid):
        answer = await routes.by(ben, path)
        assert (answer.status_code, answer.text) == (403, "Only owners may export conversations.")
    theirs = export_routes.lay_ready(actor(ana), [number], kind)
    assert (await routes.by(ben, theirs)).status_code == 404


async def test_what_is_not_there_is_said_in_words(routes: Asked, ana: Member) -> None:
    number = factories.listed("oak")
    bin.delete(ana.id, number)
    for path in (
        f"/conversations/{number}/export.txt",
        "/conversations/999/export.json",
        "/conversations/x/export.txt",
    ):
        answer = await routes.by(ana, path)
        assert answer.status_code == 404 and "There is nothing to export here" in answer.text
    assert (await routes.by(ana, "/conversations/1/export.pdf")).status_code == 422


async def test_what_was_laid_ready_is_not_there_for_ever(routes: Asked, ana: Member) -> None:
    path = export_routes.lay_ready(actor(ana), [factories.listed("oak")], "txt")
    with later(minutes=11):
        assert (await routes.by(ana, path)).status_code == 404
        export_routes.lay_ready(actor(ana), [], "txt")
    assert (await routes.by(ana, path)).status_code == 404


def test_nobody_gets_one_without_signing_in(app: App, owner: Client, stranger: Client) -> None:
    for path in ("/conversations/1/export.txt", "/exports/x/conversations.json"):
        assert stranger.get(path).headers["location"] == f"/login?next={path}"
        assert owner.get(path).status_code == 404


async def test_files_are_named_and_not_in_it(routes: Asked, ana: Member) -> None:
    media = (
        Media("https://api.twilio.example/1", "application/pdf"),
        Media("https://api.twilio.example/2", "audio/ogg"),
    )
    stored = factories.received("📎 application/pdf, audio/ogg", source=Source.WHATSAPP, media=media)
    first, second = attachments.claim_due()
    attachments.fetch_safely(first, lambda url: File(PDF, "plan.pdf"))
    attachments.fetch_safely(second, _gone)
    factories.reviewed(stored.conversation_id)
    answer = await routes.by(ana, f"/conversations/{stored.conversation_id}/export.txt")
    assert "PDF document · plan.pdf · 1 KB\n" in answer.text
    assert "Voice message · Could not be fetched: Twilio does not have it any more.\n" in answer.text
    assert "%PDF" not in answer.text


def _gone(url: str) -> File:
    raise NotFetched("gone", is_final=True)
