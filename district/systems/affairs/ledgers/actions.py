"""A ledger is taken up from a template, without anybody writing code: a form for all villages, and its register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from district.kernel.datasets import actions as catalogue
from district.kernel.datasets.models import Resource
from district.kernel.datasets.versions import open_version
from district.kernel.forms.design import publishing
from district.kernel.forms.models import Form, FormVersion, Project
from district.kernel.people.models import Organisation
from district.kernel.people.refused import Refused

from .templates import template

PROJECT = "村级台账"
LEAD = "bigdata"


def ledger_project() -> Project:
    """What the ledgers of all villages are kept in."""
    lead = Organisation.objects.get(code=LEAD)
    return Project.objects.get_or_create(name=PROJECT, defaults={"organisation": lead, "description": PROJECT})[0]


@transaction.atomic
def take_up(key: str, account: Any, *, is_simulated: bool = False) -> Form:
    """The form of the template, open to all who fill in; the one that is there when it was taken up before.

    Raises Refused `no_template`.
    """
    try:
        chosen = template(key)
    except KeyError:
        raise Refused("no_template", "没有这种台账", field="key", value=key) from None
    project = ledger_project()
    found = project.forms.filter(xml_form_id=chosen.form_id, deleted_at=None).first()
    if found is not None:
        return found
    form = publishing.form_from(
        project, chosen.workbook, account, purpose="村级日常台账", ground="农村集体三资管理、村级值班和走访制度",
        is_simulated=is_simulated,
    )  # fmt: skip
    publishing.publish(form, account)
    return form


def put_out(form: Form, account: Any) -> FormVersion:
    """The draft of a form becomes what is asked."""
    return publishing.publish(form, account)


def list_resource(resource: Resource) -> Resource:
    """An entry of the catalogue is submitted and stands on the shelf."""
    catalogue.submit(resource, None)
    return catalogue.publish(resource, None)


def deliver(resource: Resource, rows: Sequence[Mapping[str, Any]], made_by: str) -> None:
    """The rows of a resource, as a new version of it."""
    import pyarrow as pa

    with open_version(resource, made_by, "replace") as draft:
        draft.write([pa.RecordBatch.from_pylist([dict(row) for row in rows])])
        draft.publish()
