from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "district.kernel.places"
    label = "places"
    verbose_name = "地理"
