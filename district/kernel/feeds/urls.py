"""Pages of subscriptions."""

from __future__ import annotations

from django.urls import URLPattern, path

from district.kernel.feeds import pages

urlpatterns: list[URLPattern] = [
    path("data-pushes/", pages.subscriptions, name="subscriptions"),
    path("data-pushes/new/", pages.new_subscription, name="new_subscription"),
    path("data-pushes/<int:pk>/", pages.subscription, name="subscription"),
    path("data-pushes/<int:pk>/<slug:act>/", pages.decide, name="decide"),
]
