"""Pictures, sounds and films that terminals sent."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

import district.kernel.clock


class Migration(migrations.Migration):
    dependencies = [
        ("transit", "0011_edition_lines_and_stops"),
        ("devices", "0005_positions"),
        ("files", "0001_stored_files_and_links"),
    ]

    operations = [
        migrations.CreateModel(
            name="TerminalMedia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_key", models.CharField(max_length=160, unique=True)),
                ("kind", models.CharField(choices=[("picture", "图片"), ("sound", "音频"), ("film", "视频")], max_length=8,
                                          verbose_name="类型")),
                ("event", models.PositiveSmallIntegerField(default=0, verbose_name="触发")),
                ("channel", models.PositiveSmallIntegerField(default=0, verbose_name="通道")),
                ("taken_at", models.DateTimeField(verbose_name="拍摄时间")),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("refused", models.CharField(blank=True, max_length=200, verbose_name="未保存原因")),
                ("is_simulated", models.BooleanField(default=False, verbose_name="模拟")),
                ("received_at", models.DateTimeField(default=district.kernel.clock.now, verbose_name="接收时间")),
                ("bus", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="media",
                                          to="transit.bus", verbose_name="车辆")),
                ("device", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+",
                                             to="devices.device", verbose_name="车载终端")),
                ("file", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                                           to="files.storedfile", verbose_name="附件")),
            ],
            options={
                "verbose_name": "车载多媒体",
                "verbose_name_plural": "车载多媒体",
                "ordering": ("-taken_at", "-pk"),
                "indexes": [models.Index(fields=["device", "-taken_at"], name="terminal_media_by_device")],
            },
        ),
    ]
