"""Several meetings and another person per request: all departments, and room for a second name."""

import sqlalchemy as sa
from alembic import op

revision = "inbox_3"
down_revision = "inbox_2"


def upgrade() -> None:
    """`department` becomes `departments`, each key between spaces."""
    # SQLite cannot change a column: the table is copied.
    with op.batch_alter_table("inbox_requests") as table:
        table.alter_column(
            "department",
            new_column_name="departments",
            existing_type=sa.String(40),
            type_=sa.String(250),
            existing_nullable=False,
            existing_server_default="",
        )
        table.alter_column(
            "words",
            existing_type=sa.String(300),
            type_=sa.String(500),
            existing_nullable=False,
            existing_server_default="",
        )
    op.execute("UPDATE inbox_requests SET departments = ' ' || departments || ' ' WHERE departments <> ''")
