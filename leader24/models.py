"""The tables, and the rules about one record of them."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from leader24 import clock

LONGEST_WAIT = timedelta(hours=1)  # nobody stays unreviewed longer, however lively the talk
PREVIEW_LENGTH = 200
# What members see; `Conversation.is_listed` says the same.
LISTED = "reviewed_at IS NOT NULL AND deleted_at IS NULL"
FILTERED = (
    "status",
    "source",
    "score",
    "waiting_since",
    "waits_for_person",
    "answer_due_at",
    "review_problem",
    "note_count",
    "read_by",
)


class Status(StrEnum):
    """In the order in which lists and menus show them."""

    IN_PROGRESS = "In Progress"
    OPPORTUNITY = "Opportunity"
    POTENTIAL_CUSTOMER = "Potential Customer"
    QUOTE_REQUEST = "Quote Request"
    FOLLOW_UP = "Follow-up"
    CONTACTED = "Contacted"
    WAITING_RESPONSE = "Waiting Response"
    INFO_ONLY = "Info Only"
    NOT_INTERESTED = "Not Interested"
    SPAM = "Spam"


class Source(StrEnum):
    WHATSAPP = "whatsapp"
    WIDGET = "widget"


class Author(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    MEMBER = "member"


class Role(StrEnum):
    OWNER = "owner"
    MEMBER = "member"


class Purpose(StrEnum):
    """What a one-time link is for."""

    SET_UP = "set_up"
    INVITATION = "invitation"
    PASSWORD = "password"


class SetBy(StrEnum):
    """Who chose a status or title: a member outranks the AI, the system only marks talk that goes on."""

    AI = "ai"
    MEMBER = "member"
    SYSTEM = "system"


class Delivery(StrEnum):
    """How far our message to a customer has come; in the order of progress, the last three are ends."""

    READY = "ready"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"


class DraftKind(StrEnum):
    NOTE = "note"
    REPLY = "reply"


class Ids(TypeDecorator[frozenset[int]]):
    """Some ids in one column, as "|3|12|": whether one is among them is seen without asking another table."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: frozenset[int] | None, dialect: Dialect) -> str | None:
        return (value and f"|{'|'.join(map(str, sorted(value)))}|") or ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[int]:
        return frozenset(map(int, filter(None, (value or "").split("|"))))


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware in Python also where the database knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def _stored(names: type[StrEnum]) -> Enum:
    """By value, as text: readable in the database, and a new value needs no migration."""
    return Enum(names, native_enum=False, length=40, values_callable=lambda kind: [each.value for each in kind])


def _index(name: str, *columns: str, where: str) -> Index:
    return Index(name, *dict.fromkeys(columns), sqlite_where=text(where), postgresql_where=text(where))


class Record(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy's own form)
        str: Text(),
        datetime: Moment(),
        frozenset[int]: Ids(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        Status: _stored(Status),
        Source: _stored(Source),
        Author: _stored(Author),
        Role: _stored(Role),
        Purpose: _stored(Purpose),
        SetBy: _stored(SetBy),
        Delivery: _stored(Delivery),
        DraftKind: _stored(DraftKind),
    }


class Contact(Record):
    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    phone: Mapped[str | None] = mapped_column(index=True)  # E.164
    email: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="")
    edited: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # names of fields that a member wrote
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    def learn(self, **facts: str | None) -> None:
        """What a source or a review says of him: taken where nothing is known and no member has written."""
        for name, fact in facts.items():
            if fact and not getattr(self, name) and name not in (self.edited or ()):
                setattr(self, name, fact)


class Identity(Record):
    """How a source knows a contact: a WhatsApp address or the hash of a widget visitor's token."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("source", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    source: Mapped[Source]
    external_id: Mapped[str]
    contact: Mapped[Contact] = relationship()


class Conversation(Record):
    """One thread. It is also the job of its own answer and review: `answer_due_at` and `due_at` say when."""

    __tablename__ = "conversation"
    __table_args__ = (
        # One for each order of the list. They hold what is filtered by, so that a row that does not fit costs nothing
        # but its place in the index: a hundred thousand of them are passed over in some milliseconds.
        _index("ix_conversation_listed", "last_message_at", "id", *FILTERED, where=LISTED),
        _index(
            "ix_conversation_waiting", "waiting_since", "id", *FILTERED, where=f"{LISTED} AND waiting_since IS NOT NULL"
        ),
        _index("ix_conversation_rated", "score", "last_message_at", "id", *FILTERED, where=LISTED),
        _index("ix_conversation_filtered", "status", "source", "last_message_at", "id", where=LISTED),
        _index("ix_conversation_hidden", "id", where="reviewed_at IS NULL"),
        _index("ix_conversation_delayed", "due_at", where="review_problem IS NOT NULL"),
        _index("ix_conversation_binned", "deleted_at", "id", where="deleted_at IS NOT NULL"),
        _index("ix_conversation_unindexed", "id", where="revision > indexed_revision"),
        {"sqlite_autoincrement": True},  # links and the search index outlive a deletion
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    identity_id: Mapped[int] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"), index=True)
    source: Mapped[Source]
    title: Mapped[str] = mapped_column(default="")
    title_set_by: Mapped[SetBy] = mapped_column(default=SetBy.AI)
    status: Mapped[Status] = mapped_column(default=Status.IN_PROGRESS)
    status_set_by: Mapped[SetBy] = mapped_column(default=SetBy.SYSTEM)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    # What the list shows, kept here so that a row of it costs one row of the table.
    last_message_at: Mapped[datetime]
    last_author: Mapped[Author]
    preview: Mapped[str]
    score: Mapped[int | None]
    not_rated: Mapped[str | None]  # why there is no score, as a code of the rubric
    version: Mapped[int] = mapped_column(default=0)  # the seq of the last message
    waiting_since: Mapped[datetime | None]  # the customer's oldest message that nobody has answered
    waits_for_person: Mapped[bool] = mapped_column(default=False, server_default="0")  # an agent's answer is none
    note_count: Mapped[int] = mapped_column(default=0, server_default="0")
    read_by: Mapped[frozenset[int]] = mapped_column(default=frozenset(), server_default="")  # members, to its end

    # Review.
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    unreviewed_since: Mapped[datetime | None]
    review_attempts: Mapped[int] = mapped_column(default=0)
    review_problem: Mapped[str | None]  # why the last attempt failed, for members
    reviewing_since: Mapped[datetime | None]  # a review that is worth waiting for runs since then
    reviewed_at: Mapped[datetime | None]  # None: never reviewed and therefore hidden
    wants_person: Mapped[bool] = mapped_column(default=False)

    # Answer.
    answer_due_at: Mapped[datetime | None] = mapped_column(index=True)
    answer_attempts: Mapped[int] = mapped_column(default=0)
    taken_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))

    deleted_at: Mapped[datetime | None]  # None: not in the bin; the activity "deleted" says by whom

    # Search: revision counts what may be found by, indexed_revision what the index holds.
    revision: Mapped[int] = mapped_column(default=0)
    indexed_revision: Mapped[int] = mapped_column(default=0)

    contact: Mapped[Contact] = relationship()
    identity: Mapped[Identity] = relationship()

    @hybrid_property
    def is_listed(self) -> bool:
        """Whether members see it in lists, in counts and when they search."""
        return self.reviewed_at is not None and self.deleted_at is None

    @is_listed.inplace.expression
    @classmethod
    def _is_listed(cls) -> ColumnElement[bool]:
        return and_(cls.reviewed_at.is_not(None), cls.deleted_at.is_(None))

    def append(self, message: "Message", review_after: timedelta) -> None:
        """Number the message and set the clock of the next review anew."""
        self.version += 1
        message.seq = self.version
        message.conversation = self
        self.last_message_at = message.received_at
        self.last_author = message.author
        self.preview = " ".join(message.text.split())[:PREVIEW_LENGTH]
        self.read_by = frozenset()
        self._note_wait(message)
        self.revision += 1
        self.review_attempts, self.reviewing_since = 0, None
        self.unreviewed_since = self.unreviewed_since or message.received_at
        self.wait(review_after)
        if self.wants_person:
            self.due_at = message.received_at
        if self.reviewed_at and self.status_set_by is not SetBy.MEMBER:
            self.status, self.status_set_by = Status.IN_PROGRESS, SetBy.SYSTEM

    def wait(self, review_after: timedelta) -> None:
        """Due so long after the last message, but never later than LONGEST_WAIT after the first unreviewed one."""
        longest = (self.unreviewed_since or self.last_message_at) + LONGEST_WAIT
        self.due_at = min(self.last_message_at + review_after, longest)

    def ask_for_person(self, at: datetime) -> None:
        """Nobody who asks for a person waits unseen."""
        self.wants_person = True
        self.due_at = at
        self.keep_waiting_for_person(at)

    def keep_waiting_for_person(self, since: datetime) -> None:
        """Whatever the agent says meanwhile, only a member's message ends it."""
        self.waits_for_person = True
        self.waiting_since = self.waiting_since or since

    def settle(self) -> None:
        """Nothing is open, until the customer writes again."""
        self.waiting_since = None

    def continues_until(self, silence: timedelta) -> datetime:
        """A message after this moment begins a new conversation."""
        return self.last_message_at + silence

    def _note_wait(self, message: "Message") -> None:
        if message.author is Author.CUSTOMER:
            self.waits_for_person = self.waits_for_person and self.waiting_since is not None
            self.waiting_since = self.waiting_since or message.received_at
        elif message.author is Author.MEMBER or not self.waits_for_person:
            self.waiting_since, self.waits_for_person = None, False


class Message(Record):
    """`external_id` is the sender's own name for it: with the source it makes every repeat the same message."""

    __tablename__ = "message"
    # An id is never used twice, even after a deletion: open chats ask for what came after the last one that they saw.
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        UniqueConstraint("conversation_id", "seq"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    seq: Mapped[int]  # 1, 2, 3 … within the conversation
    source: Mapped[Source]
    external_id: Mapped[str]
    author: Mapped[Author]
    author_name: Mapped[str] = mapped_column(default="")  # of the agent or member at that time
    text: Mapped[str]
    received_at: Mapped[datetime]
    raw: Mapped[dict[str, Any] | None]  # the form as it came
    page: Mapped[str] = mapped_column(default="")  # the page on which the visitor wrote
    delivery: Mapped[Delivery | None] = mapped_column(index=True)  # of our own messages
    delivery_problem: Mapped[str | None]
    provider_id: Mapped[str | None] = mapped_column(unique=True)  # the name that the source gave to our message
    conversation: Mapped[Conversation] = relationship()


class Attachment(Record):
    """A file that came with a message. It is also the job of its own fetching: `due_at` says when, None where that has
    come to an end."""

    __tablename__ = "attachment"
    # An id is never used twice: browsers keep by it what they were shown.
    __table_args__ = (UniqueConstraint("message_id", "place"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    place: Mapped[int]  # 0, 1, 2 … within the message
    content_type: Mapped[str]  # as the source tells it
    source_url: Mapped[str]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]  # why it will not be fetched any more, for members
    fetched_at: Mapped[datetime | None]
    name: Mapped[str] = mapped_column(default="")  # of the file, where its sender's server tells one
    size: Mapped[int | None]  # in bytes
    found_type: Mapped[str | None]  # what its first bytes say that it is
    # Last, and read only by who asks for it: a row is known without it.
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)


class Review(Record):
    """One AI analysis; every one is kept, the newest counts."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("conversation_id", "covers", "reviewer", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    covers: Mapped[int]  # the seq of the last message that it saw
    created_at: Mapped[datetime]
    reviewer: Mapped[str]  # "offline", or the model's name
    rubric_version: Mapped[int]
    title: Mapped[str]
    customer_wants: Mapped[str]
    what_happened: Mapped[str]
    to_do_next: Mapped[str]
    score: Mapped[int | None]
    not_rated: Mapped[str | None]
    grades: Mapped[list[Any]]  # dimension, points, seq, quote and reason of each; see services/rubric.py
    caps: Mapped[list[Any]]
    status: Mapped[Status]
    status_reason: Mapped[str]
    dismissed: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # what a member did not take of it
    language: Mapped[str]
    wants_person: Mapped[bool]
    tokens: Mapped[int | None]
    seconds: Mapped[float]
    raw: Mapped[str | None]  # the model's answer as it came


class Tag(Record):
    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(unique=True)  # the name without case
    colour: Mapped[str] = mapped_column(String(20))


class ConversationTag(Record):
    __tablename__ = "conversation_tag"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True)


class Note(Record):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    edited_at: Mapped[datetime | None]
    member: Mapped["Member"] = relationship()


class Draft(Record):
    """A note or a reply that a member has begun to write."""

    __tablename__ = "draft"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[DraftKind] = mapped_column(primary_key=True)
    text: Mapped[str]


class Member(Record):
    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    password_hash: Mapped[str]
    role: Mapped[Role]
    language: Mapped[str] = mapped_column(default="en")
    theme: Mapped[str] = mapped_column(default="system")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    disabled_at: Mapped[datetime | None]


class SignIn(Record):
    """A browser in which a member is signed in; it keeps the token, we its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    browser: Mapped[str] = mapped_column(default="", server_default="")  # as it names itself, cut to 300 characters
    seen_at: Mapped[datetime | None]  # some minutes exact
    member: Mapped[Member] = relationship()


class Link(Record):
    """A one-time link, of which we keep the hash of its token; it is deleted when it is used."""

    __tablename__ = "link"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[Purpose]
    role: Mapped[Role | None]  # of whom it invites
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)  # or resets
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]  # None: until it is used


class Reading(Record):
    """How far a member has read a conversation, the last time; whether to its end, says `Conversation.read_by`."""

    __tablename__ = "reading"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    version: Mapped[int]


class SavedView(Record):
    """What a member wants to see again in the list, by the name that he gave it."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("member_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded: Mapped[str]  # the name without case
    query: Mapped[str]  # as it stands in the page's address after the question mark


class Activity(Record):
    """What happened and who did it; `member_id` None is the AI or the system."""

    __tablename__ = "activity"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    kind: Mapped[str] = mapped_column(String(40))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    member: Mapped[Member | None] = relationship()


class Knowledge(Record):
    """A question that customers ask, and the business's answer."""

    __tablename__ = "knowledge"

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    answer: Mapped[str]
    is_example: Mapped[bool] = mapped_column(default=False)


class Setting(Record):
    """What was set in the browser, by name."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class AiUsage(Record):
    """Calls to the AI provider by day (UTC), for the daily cap."""

    __tablename__ = "ai_usage"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    calls: Mapped[int] = mapped_column(default=0)
