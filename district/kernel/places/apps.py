from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save


class PlacesConfig(AppConfig):
    name = "district.kernel.places"
    label = "places"
    verbose_name = "地理"

    def ready(self) -> None:
        from district.kernel.places.queries import forget_shapes

        for signal in (post_save, post_delete):
            signal.connect(forget_shapes, sender="places.Division", dispatch_uid="places.forget_shapes")
