"""Where moving devices were: vehicles of all systems."""

from __future__ import annotations

from django.db import models

from district.kernel.devices.models.devices import Device


class Position(models.Model):
    """A place that a device told. Never changed; partitioned by the day (UTC+8) of `at`.

    Degrees WGS-84, metres, km/h, degrees clockwise from north. `alarm`, `status`: the protocol's bits (JT/T 808-2019,
    tables 24 and 25). `mark`: `position_marks`. `extra`: what else was told, under the names of the protocol's package.
    `number` rises in the order of storing. `digest` tells two positions of one second apart.
    """

    pk = models.CompositePrimaryKey("device_id", "at", "digest")
    number = models.BigIntegerField()
    device = models.ForeignKey(Device, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    altitude_m = models.IntegerField()
    speed_kmh = models.FloatField()
    direction = models.IntegerField()
    alarm = models.BigIntegerField()
    status = models.BigIntegerField()
    mileage_km = models.FloatField(null=True)
    mark = models.IntegerField()
    digest = models.BigIntegerField()
    extra = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "devices_position"


class LatestPosition(models.Model):
    """The newest position of a device that is no older than the one before, kept in the transaction that stores it."""

    device = models.OneToOneField(
        Device, models.DO_NOTHING, primary_key=True, related_name="latest_position", db_constraint=False
    )
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    lon = models.FloatField()
    lat = models.FloatField()
    speed_kmh = models.FloatField()
    direction = models.IntegerField()
    alarm = models.BigIntegerField()
    status = models.BigIntegerField()
    mark = models.IntegerField()

    class Meta:
        managed = False
        db_table = "devices_latestposition"
