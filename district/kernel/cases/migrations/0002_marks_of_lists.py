"""One index for who sees a case and what lists filter by; open tasks in order of their deadline."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import district.kernel.cases.models.cases

FUNCTIONS = """
CREATE FUNCTION cases_pairs(mark text, given text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT mark || substr(upper(given), n, 2)), '{}')
    FROM generate_series(1, length(given) - 1) n
$$;
CREATE FUNCTION cases_marks(title text, address text, stage text, classification text,
                            state text, light text, channel text, procedure text)
RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT pair), '{}')
        || ARRAY['state=' || state, 'light=' || light, 'channel=' || channel, 'procedure=' || procedure]
    FROM (VALUES ('t', upper(title)), ('a', upper(address)), ('s', upper(stage)), ('c', upper(classification)))
            given (mark, words),
        LATERAL (SELECT mark || substr(words, n, 2) AS pair FROM generate_series(1, length(words) - 1) n) pairs
$$;
"""
TEXTS = ("title", "address", "stage", "classification", "state", "light", "channel", "procedure")


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]
    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION cases_marks; DROP FUNCTION cases_pairs"),
        migrations.RemoveIndex(model_name="case", name="cases_case_seen_by"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("seen_by"),
                district.kernel.cases.models.cases.CaseMarks(*(models.F(name) for name in TEXTS)),
                name="cases_case_seen_marks",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(state__in=("ready", "claimed", "waiting")),
                fields=["due_at", "id"],
                name="cases_task_soonest",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(round__gt=1, parent__isnull=True), fields=["case"], name="cases_task_again"
            ),
        ),
    ]
