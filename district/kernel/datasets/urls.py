from django.urls import path

from district.kernel.datasets import pages

urlpatterns = [
    path("datasets/", pages.catalogue, name="catalogue"),
    path("datasets/<str:system>/<str:key>/", pages.dataset, name="dataset"),
]
