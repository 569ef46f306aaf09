"""Addresses below `forms/registers/`."""

from django.urls import path

from district.kernel.forms.registers.pages import edits, entity, listing, upkeep

urlpatterns = [
    path("", listing.registers, name="registers"),
    path("conflicts/", listing.conflicts, name="conflicts"),
    path("records/<int:pk>/", entity.entity, name="entity"),
    path("records/<int:pk>/reveal/", entity.reveal, name="entity_reveal"),
    path("records/<int:pk>/settle/", entity.settle, name="entity_settle"),
    path("edits/<int:pk>/", edits.edits, name="edits"),
    path("edits/<int:pk>/settle/", edits.settle_edit, name="settle_edit"),
    path("items/<int:pk>/", upkeep.register_item, name="register_item"),
    path("sources/<int:pk>/<slug:what>/", upkeep.register_source_act, name="register_source_act"),
    path("<int:pk>/", listing.register, name="register"),
    path("<int:pk>/waiting/", listing.waiting, name="register_waiting"),
    path("<int:pk>/sources/new/", upkeep.new_register_source, name="new_register_source"),
]
