"""Facts that reach or describe a person are sealed; what makes a fact one is its mark."""

from __future__ import annotations

from typing import Any

import district.kernel.parties.models.facts
from django.db import migrations, models
from django.db.models.functions import MD5

from district.kernel.parties import sealing

BATCH = 5_000


def seal_facts(apps: Any, _editor: Any) -> None:
    facts = apps.get_model("parties", "Attribute").objects
    facts.filter(mark="").exclude(party__kind="person", key__in=sealing.SEALED_KEYS).update(mark=MD5("value"))
    while rows := list(facts.filter(mark="")[:BATCH]):
        for row in rows:
            row.mark = sealing.fact_mark(row.key, row.value)
            row.value = sealing.sealed_fact(row.value)
        facts.bulk_update(rows, ["mark", "value"])


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_first_tables")]
    operations = [
        migrations.RemoveConstraint(model_name="attribute", name="parties_attribute_once"),
        migrations.AddField(
            model_name="attribute", name="mark",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="值的标记"), preserve_default=False,
        ),
        migrations.AlterField(
            model_name="attribute", name="value",
            field=district.kernel.parties.models.facts.FactField(verbose_name="值"),
        ),
        migrations.RunPython(seal_facts, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="attribute",
            constraint=models.UniqueConstraint(fields=("party", "key", "source", "mark"), name="parties_attribute_once"),
        ),
    ]
