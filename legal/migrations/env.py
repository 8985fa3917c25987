"""How Alembic reaches the database that is being brought up to date. Run by `legal.database.migrate`."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["version_table"])
with context.begin_transaction():
    context.run_migrations()
