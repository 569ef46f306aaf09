"""Positions of moving devices in day partitions, and the newest of each."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = """
CREATE SEQUENCE devices_position_number;
CREATE TABLE devices_position (
    number bigint NOT NULL DEFAULT nextval('devices_position_number'),
    device_id bigint NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    digest bigint NOT NULL,
    alarm bigint NOT NULL,
    status bigint NOT NULL,
    lon float8 NOT NULL,
    lat float8 NOT NULL,
    speed_kmh float4 NOT NULL,
    mileage_km float4,
    altitude_m int4 NOT NULL,
    direction int4 NOT NULL,
    mark int4 NOT NULL DEFAULT 0,
    extra jsonb,
    CONSTRAINT devices_position_pkey PRIMARY KEY (device_id, at, digest)
) PARTITION BY RANGE (at);
CREATE INDEX devices_position_by_number ON devices_position (number);
ALTER SEQUENCE devices_position_number OWNED BY devices_position.number;

CREATE TABLE devices_latestposition (
    device_id bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    alarm bigint NOT NULL,
    status bigint NOT NULL,
    lon float8 NOT NULL,
    lat float8 NOT NULL,
    speed_kmh float4 NOT NULL,
    direction int4 NOT NULL,
    mark int4 NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0);
"""

UNDO = "DROP TABLE devices_latestposition, devices_position;"


class Migration(migrations.Migration):
    dependencies = [("devices", "0004_days_handed_over_anew")]

    operations = [
        migrations.RunSQL(TABLES, UNDO),
        migrations.CreateModel(
            name='LatestPosition',
            fields=[
                ('device', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='latest_position', serialize=False, to='devices.device')),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('speed_kmh', models.FloatField()),
                ('direction', models.IntegerField()),
                ('alarm', models.BigIntegerField()),
                ('status', models.BigIntegerField()),
                ('mark', models.IntegerField()),
            ],
            options={
                'db_table': 'devices_latestposition',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('pk', models.CompositePrimaryKey('device_id', 'at', 'digest', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('lon', models.FloatField()),
                ('lat', models.FloatField()),
                ('altitude_m', models.IntegerField()),
                ('speed_kmh', models.FloatField()),
                ('direction', models.IntegerField()),
                ('alarm', models.BigIntegerField()),
                ('status', models.BigIntegerField()),
                ('mileage_km', models.FloatField(null=True)),
                ('mark', models.IntegerField()),
                ('digest', models.BigIntegerField()),
                ('extra', models.JSONField(null=True)),
            ],
            options={
                'db_table': 'devices_position',
                'managed': False,
            },
        ),
    ]
