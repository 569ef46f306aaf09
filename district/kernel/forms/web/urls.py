"""Addresses below `forms/`."""

from django.urls import path

from district.kernel.forms.web import pages

urlpatterns = [
    path("", pages.my_forms, name="my_forms"),
    path("worker.js", pages.worker, name="worker"),
    path("list.json", pages.listing, name="listing"),
    path("fill/", pages.fill, name="shell"),
    path("<int:pk>/fill/", pages.fill, name="fill"),
    path("<int:pk>/preview/", pages.preview, name="preview"),
    path("<int:pk>/edit/<str:instance>/", pages.edit, name="edit"),
    path("<int:pk>/send/", pages.send, name="send"),
    path("<int:pk>/versions/<int:version>.json", pages.package, name="package"),
    path("<int:pk>/versions/<int:version>/files/<str:name>", pages.form_file, name="form_file"),
    path("<int:pk>/sent/<str:instance>.json", pages.instance, name="instance"),
    path("<int:pk>/sent/<str:instance>/files/<str:name>", pages.instance_file, name="instance_file"),
]
