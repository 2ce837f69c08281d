"""Alembic's entry: migrates the connection that `rooms.sql.engine.upgrade` hands over."""

from alembic import context

from rooms.sql.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
