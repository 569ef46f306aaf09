"""Plain upkeep of the registers. Results of days and supervision have pages of their own and are not edited here."""

from __future__ import annotations

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from .models import (
    Facility,
    MonitoringPoint,
    Outlet,
    Permit,
    PermitDuty,
    PermitLimit,
    PermitQuantity,
    Source,
)


class OutletInline(TabularInline):
    model = Outlet
    extra = 0
    raw_id_fields = ("device", "inlet_device")


class FacilityInline(TabularInline):
    model = Facility
    extra = 0


@admin.register(Source)
class SourceAdmin(ModelAdmin):
    list_display = ("code", "name", "credit_code", "level", "status")
    list_filter = ("level", "status")
    search_fields = ("code", "name", "credit_code")
    raw_id_fields = ("organisation",)
    exclude = ("contact_phone",)
    inlines = (OutletInline, FacilityInline)


class LimitInline(TabularInline):
    model = PermitLimit
    extra = 0


class QuantityInline(TabularInline):
    model = PermitQuantity
    extra = 0


class DutyInline(TabularInline):
    model = PermitDuty
    extra = 0


@admin.register(Permit)
class PermitAdmin(ModelAdmin):
    list_display = ("number", "source", "level", "status", "valid_until_on")
    list_filter = ("level", "status")
    search_fields = ("number", "source__name")
    inlines = (LimitInline, QuantityInline, DutyInline)


@admin.register(MonitoringPoint)
class MonitoringPointAdmin(ModelAdmin):
    list_display = ("code", "name", "element", "device", "is_in_use")
    list_filter = ("element", "is_in_use")
    search_fields = ("code", "name")
    raw_id_fields = ("device",)
