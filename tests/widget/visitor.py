"""A visitor's browser as the server sees it, and those who answer him."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from httpx2 import Client, Response
from sqlalchemy import select

from leader24 import changes, clock, db
from leader24.models import Author, Conversation, Message, Source
from leader24.services import preferences

SERVER = "http://chat.example"
SITE = "https://oak.example"
KEY = "0123456789abcdef"


@dataclass
class Visitor:
    client: Client
    token: str = "A" * 43

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Origin": SERVER}

    @property
    def hash(self) -> str:
        return sha256(self.token.encode()).hexdigest()

    def write(self, text: str = "Hello", id: str = "a" * 16, **more: str) -> Response:
        body = {"key": KEY, "id": id, "text": text} | more
        return self.client.post("/widget/messages", json=body, headers=self.headers)

    def reads(self, after: int = 0) -> list[dict[str, Any]]:
        answer = self.client.get("/widget/messages", params={"after": after}, headers=self.headers)
        assert answer.status_code == 200
        return list(answer.json())

    def texts(self) -> list[str]:
        return [message["text"] for message in self.reads()]


def answer(text: str, author: Author = Author.AGENT, name: str = "Sofia") -> None:
    """Somebody of ours answers in the newest conversation."""
    chosen = preferences.current()
    with db.write() as session:
        conversation = session.scalars(select(Conversation).order_by(Conversation.id.desc()).limit(1)).one()
        message = Message(
            source=Source.WIDGET,
            external_id=f"answer:{conversation.id}:{conversation.version}",
            author=author,
            author_name=name,
            text=text,
            received_at=clock.now(),
        )
        conversation.append(message, chosen.review_after)
        session.add(message)
    changes.publish(conversation.id)


def stored_texts() -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Message.text).order_by(Message.id)))
