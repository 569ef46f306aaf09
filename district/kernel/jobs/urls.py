from django.urls import path

from district.kernel.jobs.pages import work

urlpatterns = [
    path("jobs/", work.jobs, name="jobs"),
    path("jobs/<int:pk>/", work.failed, name="failed"),
    path("jobs/<int:pk>/again/", work.try_again, name="try_again"),
    path("jobs/progress/<int:pk>/", work.progress, name="progress"),
    path("jobs/progress/<int:pk>/<slug:step>/", work.steer, name="steer"),
]
