from django.urls import path

from district.kernel.forms.design.pages import designer, items, listing, question

urlpatterns = [
    path("", listing.designs, name="designs"),
    path("new/", listing.new_design, name="new_design"),
    path("<int:pk>/", designer.design, name="design"),
    path("<int:pk>/settings/", listing.design_settings, name="design_settings"),
    path("<int:pk>/act/<slug:what>/", designer.act, name="design_act"),
    path("<int:pk>/review/", designer.decide, name="design_review"),
    path("<int:pk>/held/", question.held_beside, name="design_held"),
    path("<int:pk>/items/", items.items, name="design_items"),
    path("<int:pk>/questions/new/", question.new_question, name="design_new_question"),
    path("<int:pk>/questions/<int:place>/<str:name>/", question.question, name="design_question"),
    path(
        "<int:pk>/questions/<int:place>/<str:name>/<slug:what>/",
        designer.question_act,
        name="design_question_act",
    ),
    path("<int:pk>/files/<int:file>/", designer.media, name="design_media"),
    path("<int:pk>/versions/<int:version>/<str:kind>", designer.version_file, name="design_version_file"),
]
