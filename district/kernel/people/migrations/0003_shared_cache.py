from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE shared_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    """The table of Django's cache: see CACHES in the settings. Not logged: what is lost in a crash is minutes old."""

    dependencies = [("people", "0002_username_unique_in_any_case")]

    operations = [migrations.RunSQL(TABLE, "DROP TABLE shared_cache")]
