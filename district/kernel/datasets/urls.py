from django.urls import path

from district.kernel.datasets import pages

urlpatterns = [
    path("datasets/", pages.catalogue, name="catalogue"),
    path("datasets/new/", pages.new_resource, name="new_resource"),
    path("datasets/files/", pages.entry_files, name="entry_files"),
    path("datasets/files/template.csv", pages.entry_template, name="entry_template"),
    path("datasets/files/<int:pk>/", pages.entry_file, name="entry_file"),
    path("datasets/quality/", pages.quality, name="quality"),
    path("datasets/quality/rules/<int:pk>/", pages.quality_rule, name="quality_rule"),
    path("datasets/quality/rules/<int:pk>/switch/", pages.switch_quality_rule, name="switch_quality_rule"),
    path("datasets/quality/scores/<int:pk>/<str:key>/", pages.failing_rows_page, name="failing_rows"),
    path("datasets/lineage/<str:kind>/<str:key>/", pages.lineage_page, name="lineage"),
    path("datasets/resources/<int:pk>/quality/", pages.resource_quality, name="resource_quality"),
    path("datasets/resources/<int:pk>/quality/new/<str:kind>/", pages.new_quality_rule, name="new_quality_rule"),
    path("datasets/resources/<int:pk>/versions/", pages.versions, name="versions"),
    path("datasets/resources/<int:pk>/versions/<int:number>/verify/", pages.verify_version, name="verify_version"),
    path("datasets/resources/<int:pk>/versions/<int:number>/restore/", pages.roll_back_version, name="roll_back_version"),
    path("datasets/<str:name>/", pages.resource, name="resource"),
    path("datasets/<str:name>/schema.json", pages.schema, name="schema"),
    path("datasets/<str:name>/edit/", pages.edit_resource, name="edit_resource"),
    path("datasets/<str:name>/act/<slug:what>/", pages.act, name="act"),
    path("open-data/", pages.open_data, name="open_data"),
    path("open-data/<str:name>/", pages.open_resource, name="open_resource"),
    path("open-data/<str:name>/<str:file>", pages.open_file, name="open_file"),
    path("dcat/catalog", pages.dcat, name="dcat_negotiated"),
    path("dcat/catalog.<slug:form>", pages.dcat, name="dcat"),
    # The name of an entry has a dot of its own, so the forms are told apart here.
    path("dcat/dataset/<str:name>.ttl", pages.dcat_resource, {"form": "ttl"}, name="dcat_resource"),
    path(
        "dcat/dataset/<str:name>.jsonld", pages.dcat_resource, {"form": "jsonld"}, name="dcat_resource_jsonld"
    ),
    path("dcat/dataset/<str:name>.rdf", pages.dcat_resource, {"form": "rdf"}, name="dcat_resource_rdf"),
    path("dcat/dataset/<str:name>", pages.dcat_resource, name="dcat_resource_negotiated"),
    path("api/3", pages.ckan_root, name="ckan_root"),
    path("api/3/action/<slug:action>", pages.ckan, name="ckan"),
    path("api/action/<slug:action>", pages.ckan, name="ckan_newest"),
]
