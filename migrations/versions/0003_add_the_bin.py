"""add the bin."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NOW = "reviewed_at IS NOT NULL AND deleted_at IS NULL"
BEFORE = "reviewed_at IS NOT NULL"
INDEXES = {
    "ix_conversation_listed": ["last_message_at", "id"],
    "ix_conversation_filtered": ["status", "source", "last_message_at", "id"],
}


def upgrade() -> None:
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
    _index_anew(NOW)
    _index("ix_conversation_binned", ["deleted_at", "id"], "deleted_at IS NOT NULL")


def downgrade() -> None:
    """What is in the bin is listed again: nothing is lost by going back."""
    op.drop_index("ix_conversation_binned", table_name="conversation")
    _index_anew(BEFORE)
    op.drop_column("conversation", "deleted_at")


def _index_anew(where: str) -> None:
    for name, columns in INDEXES.items():
        op.drop_index(name, table_name="conversation")
        _index(name, columns, where)


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name,
        "conversation",
        columns,
        unique=False,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
