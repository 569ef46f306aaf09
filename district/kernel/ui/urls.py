from django.urls import path

from district.kernel.ui.pages import gallery, notices, preferences, search, start, views

urlpatterns = [
    path("", start.start, name="start"),
    path("search/", search.search, name="search"),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_notices, name="read_notices"),
    path("ui/preferences/", preferences.preferences, name="preferences"),
    path("ui/views/", views.keep_view, name="keep_view"),
    path("ui/views/<int:pk>/forget/", views.forget_view, name="forget_view"),
    path("ui/gallery/", gallery.gallery, name="gallery"),
    path("ui/gallery/points/", gallery.gallery_points, name="gallery_points"),
    path("ui/gallery/line/", gallery.gallery_line, name="gallery_line"),
]
