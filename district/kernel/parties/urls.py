from django.urls import path

from district.kernel.parties.pages import party, review, search

urlpatterns = [
    path("parties/", search.parties, name="parties"),
    path("parties/by-number/", search.by_number, name="by_number"),
    path("parties/review/", review.queue, name="queue"),
    path("parties/review/<int:pk>/", review.pair, name="pair"),
    path("parties/review/<int:pk>/<slug:state>/", review.decide, name="decide"),
    path("parties/merges/<int:pk>/undo/", party.unmerge, name="unmerge"),
    path("parties/splits/<int:pk>/undo/", party.unsplit, name="unsplit"),
    path("parties/objections/<int:pk>/<slug:decision>/", party.decide_objection, name="decide_objection"),
    path("parties/<int:pk>/", party.party, name="party"),
    path("parties/<int:pk>/reveal/", party.reveal, name="reveal"),
    path("parties/<int:pk>/merge/", party.merge, name="merge"),
    path("parties/<int:pk>/split/", party.split, name="split"),
    path("parties/<int:pk>/objection/", party.object_to, name="object_to"),
]
