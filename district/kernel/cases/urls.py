from django.urls import path

from district.kernel.cases.pages import bench, case, case_list, editor, flow, indicators, procedures

urlpatterns = [
    path("cases/all/", case_list.cases, name="cases"),
    path("cases/", bench.work_bench, name="bench"),
    path("cases/bulk/", bench.bulk, name="bulk"),
    path("cases/indicators/", indicators.indicators, name="indicators"),
    path("cases/of/<str:number>/", case.case, name="case"),
    path("cases/of/<str:number>/reporter/", case.reporter, name="reporter"),
    path("cases/of/<str:number>/tasks/<int:pk>/", case.complete, name="complete"),
    path("cases/of/<str:number>/<slug:act>/", case.act, name="act"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/drawings/<int:pk>.bpmn", procedures.drawing, name="drawing"),
    path("procedures/<str:system>/<str:key>/", procedures.procedure, name="procedure"),
    path("procedures/<str:system>/<str:key>/flow/", flow.flow, name="flow"),
    path("procedures/<str:system>/<str:key>/edit/", editor.editor, name="editor"),
    path("procedures/<str:system>/<str:key>/save/", editor.save, name="save"),
    path("procedures/<str:system>/<str:key>/try/", editor.try_on, name="try"),
    path("procedures/<str:system>/<str:key>/publish/", editor.publish, name="publish"),
    path("procedures/<str:system>/<str:key>/compare/", editor.compare, name="compare"),
    path("procedures/<str:system>/<str:key>/migrate/", editor.migrate, name="migrate"),
]
