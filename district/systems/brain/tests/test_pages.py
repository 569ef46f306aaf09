import pytest
from django.test import RequestFactory

from district.systems.brain import pages


@pytest.mark.django_db
def test_the_overview_names_what_this_system_does(rf: RequestFactory):
    answer = pages.overview(rf.get("/brain/overview/"))

    assert answer.status_code == 200
    assert "brain.1" in answer.content.decode()
