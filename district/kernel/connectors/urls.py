from django.urls import path

from district.kernel.connectors.pages import connections, new_source, refused, runs, sources

urlpatterns = [
    path("sources/", sources.sources, name="sources"),
    path("sources/new/", new_source.new_source, name="new_source"),
    path("sources/new/<int:pk>/", new_source.review, name="review"),
    path("sources/connect/<slug:kind>/", connections.connect, name="connect"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/connection/", connections.connection, name="connection"),
    path("sources/<int:pk>/pause/", connections.pause, name="pause"),
    path("sources/<int:pk>/read/", connections.read_now, name="read_now"),
    path("sources/<int:pk>/deliver/", sources.deliver, name="deliver"),
    path("deliveries/<int:pk>/", runs.run, name="run"),
    path("deliveries/<int:pk>/receipt.xlsx", runs.receipt, name="receipt"),
    path("deliveries/<int:pk>/refused/", refused.refused, name="refused"),
    path("deliveries/<int:pk>/refused.xlsx", runs.refused_file, name="refused_file"),
    path("deliveries/<int:pk>/refused/<int:position>/", refused.correct, name="correct"),
    path("deliveries/<int:pk>/<slug:step>/", runs.steer, name="steer"),
]
