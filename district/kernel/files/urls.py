from django.urls import path

from district.kernel.files import pages

urlpatterns = [
    path("files/<int:pk>/", pages.download, name="download"),
    path("files/kept/<int:pk>/", pages.kept, name="kept"),
]
