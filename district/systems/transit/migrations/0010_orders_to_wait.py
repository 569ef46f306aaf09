"""Orders to wait say where and how long, so that forecasts can go by them."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("transit", "0009_cards_and_ledger")]

    operations = [
        migrations.AddField("order", "place", models.PositiveSmallIntegerField(null=True, verbose_name="站序")),
        migrations.AddField("order", "hold_s", models.PositiveIntegerField(default=0, verbose_name="停站等待（秒）")),
    ]
