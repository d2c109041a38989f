"""add what members correct."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edited", sa.JSON(), server_default="[]", nullable=False))

    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("dismissed", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_column("dismissed")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_column("edited")
