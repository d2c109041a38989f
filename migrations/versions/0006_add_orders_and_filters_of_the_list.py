"""add orders and filters of the list."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

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
LISTED = "reviewed_at IS NOT NULL AND deleted_at IS NULL"
WAITING = f"{LISTED} AND waiting_since IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_saved_view_member_id_member"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("member_id", "folded", name=op.f("uq_saved_view_member_id_folded")),
    )
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("waits_for_person", sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("note_count", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("read_by", sa.Text(), server_default="", nullable=False))
        batch_op.drop_index("ix_conversation_listed")
    _fill()
    _index("ix_conversation_listed", ["last_message_at", "id", *FILTERED], LISTED)
    _index("ix_conversation_waiting", ["waiting_since", "id", *FILTERED], WAITING)
    _index("ix_conversation_rated", ["score", "last_message_at", "id", *FILTERED], LISTED)


def downgrade() -> None:
    for name in ("ix_conversation_rated", "ix_conversation_waiting", "ix_conversation_listed"):
        op.drop_index(name, table_name="conversation")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("read_by")
        batch_op.drop_column("note_count")
        batch_op.drop_column("waits_for_person")
        batch_op.drop_column("waiting_since")
    op.create_index(
        "ix_conversation_listed",
        "conversation",
        ["last_message_at", "id"],
        sqlite_where=sa.text(LISTED),
        postgresql_where=sa.text(LISTED),
    )
    op.drop_table("saved_view")


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name,
        "conversation",
        list(dict.fromkeys(columns)),
        unique=False,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _fill() -> None:
    """From what the other tables say of the conversations that are there."""
    op.execute(
        "UPDATE conversation SET note_count = "
        "(SELECT count(*) FROM note WHERE note.conversation_id = conversation.id) "
        "WHERE id IN (SELECT conversation_id FROM note)"
    )
    _fill_read_by()
    op.execute(  # the oldest message after the last one of ours
        "UPDATE conversation SET waiting_since = "
        "(SELECT min(received_at) FROM message WHERE message.conversation_id = conversation.id AND seq > "
        "coalesce((SELECT max(seq) FROM message WHERE message.conversation_id = conversation.id "
        "AND author <> 'customer'), 0)) "
        "WHERE last_author = 'customer' AND status NOT IN ('Contacted', 'Not Interested', 'Spam')"
    )
    op.execute(  # handed over, or so the newest review says, and no member has written since
        "UPDATE conversation SET waits_for_person = true WHERE EXISTS ("
        "SELECT 1 FROM activity WHERE activity.conversation_id = conversation.id AND kind = 'handed_over' "
        "AND NOT EXISTS (SELECT 1 FROM message WHERE message.conversation_id = conversation.id "
        "AND author = 'member' AND received_at > activity.created_at))"
    )
    op.execute(
        "UPDATE conversation SET waits_for_person = true WHERE EXISTS ("
        "SELECT 1 FROM review WHERE review.id = "
        "(SELECT max(id) FROM review WHERE review.conversation_id = conversation.id) "
        "AND review.wants_person AND NOT EXISTS (SELECT 1 FROM message "
        "WHERE message.conversation_id = conversation.id AND author = 'member' AND seq > review.covers))"
    )
    op.execute(
        "UPDATE conversation SET waiting_since = last_message_at WHERE waits_for_person AND waiting_since IS NULL"
    )


def _fill_read_by() -> None:
    """The ids of those who have read it to its end, as "|3|12|"."""
    connection = op.get_bind()
    members = connection.scalars(sa.text("SELECT id FROM member ORDER BY id")).all()
    for member in members:
        connection.execute(
            sa.text(
                "UPDATE conversation SET read_by = CASE read_by WHEN '' THEN '|' ELSE read_by END || :mark "
                "WHERE EXISTS (SELECT 1 FROM reading WHERE reading.conversation_id = conversation.id "
                "AND reading.member_id = :member AND reading.version >= conversation.version)"
            ),
            {"member": member, "mark": f"{member}|"},
        )
