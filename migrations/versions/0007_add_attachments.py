"""add attachments."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOST_MEDIA = 10  # of a message


def upgrade() -> None:
    table = op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("found_type", sa.Text(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_attachment_message_id_message"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("message_id", "place", name=op.f("uq_attachment_message_id_place")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_due_at"), ["due_at"], unique=False)
    _fill(table)


def downgrade() -> None:
    op.drop_table("attachment")


def _fill(table: sa.Table) -> None:
    """What came with earlier messages, from their forms; Twilio still has most of it."""
    connection = op.get_bind()
    with_files = sa.text("SELECT id, raw FROM message WHERE source = 'whatsapp' AND raw LIKE '%MediaUrl0%'")
    for message_id, raw in connection.execute(with_files).all():
        form = json.loads(raw)
        for place, url, content_type in _files(form if isinstance(form, dict) else {}):
            connection.execute(
                sa.insert(table).values(
                    message_id=message_id,
                    place=place,
                    content_type=content_type,
                    source_url=url,
                    due_at=datetime.now(UTC),
                    attempts=0,
                    name="",
                )
            )


def _files(form: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    given = [(form.get(f"MediaUrl{i}", ""), form.get(f"MediaContentType{i}", "")) for i in range(MOST_MEDIA)]
    for place, (url, content_type) in enumerate(each for each in given if each[0]):
        yield place, url, content_type
