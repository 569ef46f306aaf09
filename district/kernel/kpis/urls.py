from django.urls import path

from district.kernel.kpis import pages

urlpatterns = [
    path("kpis/", pages.board, name="board"),
    path("kpis/board.json", pages.board_json, name="board_json"),
    path("kpis/<str:system>/<str:key>/", pages.kpi, name="kpi"),
]
