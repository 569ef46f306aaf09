"""Which days of positions are in the lake."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("devices", "0005_positions")]

    operations = [
        migrations.CreateModel(
            name="PositionLakeDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="日期")),
                ("positions", models.BigIntegerField(verbose_name="行数")),
                ("path", models.CharField(max_length=200, verbose_name="文件")),
                ("bytes", models.BigIntegerField(verbose_name="字节")),
                ("sha256", models.CharField(max_length=64)),
                ("written_at", models.DateTimeField(verbose_name="写出时间")),
                ("is_in_database", models.BooleanField(default=True, verbose_name="仍在库中")),
            ],
            options={"verbose_name": "位置入湖日", "verbose_name_plural": "位置入湖日", "ordering": ("-day",)},
        ),
    ]
