import pytest
from django.test import RequestFactory

from district.systems.governance import pages


@pytest.mark.django_db
def test_the_overview_names_what_this_system_does(rf: RequestFactory):
    answer = pages.overview(rf.get("/governance/overview/"))

    assert answer.status_code == 200
    assert "governance.1" in answer.content.decode()
