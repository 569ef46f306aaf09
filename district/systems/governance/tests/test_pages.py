import pytest
from django.test import Client

from district.testing.people import account


@pytest.mark.django_db
def test_the_overview_shows_six_dials_without_a_single_case(client: Client):
    client.force_login(account("governance.reader"))
    shown = client.get("/governance/overview/").content.decode()
    assert shown.count("data-dial=") == 6
    assert "÷" in shown
