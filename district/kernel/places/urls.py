from django.urls import path

from district.kernel.people.access import allow
from district.kernel.places import pages

urlpatterns = [
    path("places/divisions.geojson", allow("public")(pages.divisions_geojson), name="divisions"),
]
