"""add kinds of drafts, and what a running or delayed review is known by."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Enum("note", "reply", name="draftkind", native_enum=False, length=40)
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", kind, server_default="note", nullable=False))
        batch_op.drop_constraint(op.f("pk_draft"), type_="primary")
        batch_op.create_primary_key(op.f("pk_draft"), ["member_id", "conversation_id", "kind"])
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reviewing_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_conversation_delayed",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("review_problem IS NOT NULL"),
            postgresql_where=sa.text("review_problem IS NOT NULL"),
        )


def downgrade() -> None:
    op.drop_index("ix_conversation_delayed", table_name="conversation")
    op.drop_column("conversation", "reviewing_since")

    op.execute("DELETE FROM draft WHERE kind = 'reply'")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("pk_draft"), type_="primary")
        batch_op.drop_column("kind")
        batch_op.create_primary_key(op.f("pk_draft"), ["member_id", "conversation_id"])
