from django.contrib import admin
from unfold.admin import ModelAdmin

from district.kernel.places.models import Address, Division


@admin.register(Division)
class DivisionAdmin(ModelAdmin):
    list_display = ("code", "name", "level", "parent", "is_schematic")
    list_filter = ("level", "is_schematic")
    search_fields = ("code", "name")
    autocomplete_fields = ("parent",)


@admin.register(Address)
class AddressAdmin(ModelAdmin):
    list_display = ("text", "division", "source")
    list_filter = ("source",)
    search_fields = ("text",)
    autocomplete_fields = ("division",)
