from django.urls import path

from district.kernel.alerts.pages import alarms, rules

urlpatterns = [
    path("alerts/", alarms.alarms, name="alarms"),
    path("alerts/<int:pk>/", alarms.alarm, name="alarm"),
    path("alerts/<int:pk>/<slug:step>/", alarms.take_step, name="take_step"),
    path("alert-rules/", rules.rules, name="rules"),
    path("alert-rules/<int:pk>/", rules.rule, name="rule"),
    path("alert-rules/new/<slug:kind>/", rules.new_rule, name="new_rule"),
    path("alert-rules/suppressions/", rules.suppressions, name="suppressions"),
]
