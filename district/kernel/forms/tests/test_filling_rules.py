"""Who may fill a form: asked of one form and asked of all, the answer is the same."""

from __future__ import annotations

from itertools import product

import pytest

from district.kernel.clock import now
from district.kernel.forms.models import Form, FormState, VersionState
from district.kernel.forms.queries import ASKERS, FILLERS, forms_to_fill, may_fill
from district.kernel.forms.tests.filling import make_form
from district.testing.people import account, organisation

pytestmark = pytest.mark.django_db


def test_one_form_and_the_list_of_forms_agree():
    district = organisation()
    town = organisation("town", parent=district, kind="town", division_code="370306102")
    village = organisation("village", parent=town, kind="village", division_code="370306102201")
    other = organisation("other", parent=district, kind="town", division_code="370306103")
    people = [account(role, unit=unit, scope=scope) for role, unit, scope in product(
        (FILLERS[0], ASKERS[-1]), (town, village, other), ("own", "subtree", "district"))]  # fmt: skip
    for number, audience in enumerate(([], [district], [town], [village], [other, village])):
        make_form(f"asked{number}").audience.set(audience)
    make_form("closed", state=FormState.CLOSED)
    make_form("closing", state=FormState.CLOSING)
    make_form("gone", deleted_at=now())
    make_form("retired").versions.update(state=VersionState.RETIRED)
    answers = set()
    for with_closed, person in product((False, True), people):
        wanted = set(forms_to_fill(person, with_closed=with_closed).values_list("xml_form_id", flat=True))
        found = {form.xml_form_id for form in Form.objects.select_related("project")
                 if may_fill(person, form, with_closed=with_closed)}  # fmt: skip
        assert found == wanted
        answers.add(frozenset(found))
    assert len(answers) > 4
