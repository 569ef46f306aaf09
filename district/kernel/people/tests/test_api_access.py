import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from ninja import NinjaAPI

from district.kernel.people.access import ADMIN, AUDITOR
from district.kernel.people.api_access import ApiRoles
from district.testing import people

pytestmark = pytest.mark.django_db

api = NinjaAPI(urls_namespace="people_tests", docs_url=None, openapi_url=None)


@api.get("trail", auth=ApiRoles(AUDITOR))
def trail(request: HttpRequest) -> dict[str, str]:
    return {"for": "auditor"}


@api.get("open", auth=ApiRoles("public"))
def everybody(request: HttpRequest) -> dict[str, str]:
    return {"for": "all"}


@api.post("change", auth=ApiRoles(AUDITOR))
def change(request: HttpRequest) -> dict[str, str]:
    return {"done": "yes"}


urlpatterns = [path("test-api/", api.urls)]


@pytest.fixture(autouse=True)
def these_routes():
    with override_settings(ROOT_URLCONF=__name__, CSRF_FAILURE_VIEW="django.views.csrf.csrf_failure"):
        yield


def test_a_route_is_open_to_its_roles_alone(client):
    assert client.get("/test-api/trail").status_code == 401
    client.force_login(people.account(ADMIN))
    assert client.get("/test-api/trail").status_code == 403
    client.force_login(people.account(AUDITOR))
    assert client.get("/test-api/trail").json() == {"for": "auditor"}


def test_a_public_route_needs_nobody(client):
    assert client.get("/test-api/open").json() == {"for": "all"}


def test_a_change_needs_the_token_against_forged_requests():
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.account(AUDITOR))
    assert client.post("/test-api/change").status_code == 403
    assert Client().post("/test-api/change").status_code == 401


def test_a_route_names_a_role_that_exists():
    with pytest.raises(ValueError, match="nobody"):
        ApiRoles("people.nobody")
    with pytest.raises(ValueError, match="needs a role"):
        ApiRoles()
