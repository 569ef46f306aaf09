from django.urls import path

from district.kernel.cases.pages import bench, case, case_list, flow, indicators, procedures

urlpatterns = [
    path("cases/", case_list.cases, name="cases"),
    path("cases/bench/", bench.work_bench, name="bench"),
    path("cases/bench/bulk/", bench.bulk, name="bulk"),
    path("cases/indicators/", indicators.indicators, name="indicators"),
    path("cases/of/<str:number>/", case.case, name="case"),
    path("cases/of/<str:number>/reporter/", case.reporter, name="reporter"),
    path("cases/of/<str:number>/tasks/<int:pk>/", case.complete, name="complete"),
    path("cases/of/<str:number>/<slug:act>/", case.act, name="act"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/drawings/<int:pk>.bpmn", procedures.drawing, name="drawing"),
    path("procedures/<str:system>/<str:key>/", procedures.procedure, name="procedure"),
    path("procedures/<str:system>/<str:key>/flow/", flow.flow, name="flow"),
]
