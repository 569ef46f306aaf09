"""The real site with one address more: the same parts kept in the same store and nothing made of them, for `bench.forms`."""

from __future__ import annotations

import hashlib
import os

import django
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import Router
from ninja.decorators import decorate_view

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.edges.web.settings")
django.setup()

from district.edges.web.api import api  # noqa: E402 - Django must be set up first
from district.kernel.files import content_store  # noqa: E402 - the same
from district.kernel.files.actions import keep_all  # noqa: E402 - the same
from district.kernel.files.models import StoredFile  # noqa: E402 - the same
from district.kernel.forms.central.entering import digest  # noqa: E402 - the same
from district.kernel.forms.models import AppUser  # noqa: E402 - the same
from district.kernel.people.access import allow  # noqa: E402 - the same

router = Router()


@router.post("/{key}")
@decorate_view(csrf_exempt, allow("public"))
def upload(request: HttpRequest, key: str) -> HttpResponse:
    phone = AppUser.objects.select_related("account").get(token_hash=digest(key), revoked_at=None)
    files = {name: part for name, part in request.FILES.items() if name != "xml_submission_file"}
    xml = request.FILES["xml_submission_file"].read()
    with transaction.atomic():
        sha256 = hashlib.sha256(xml).hexdigest()
        content_store.write(sha256, xml)
        StoredFile.objects.create(
            sha256=sha256, name="submission.xml", media_type="text/xml", size=len(xml), purpose="upload",
            kept_by=phone.account,
        )  # fmt: skip
        keep_all(files.values(), phone.account, "upload", is_bare=False)
    return HttpResponse(status=201)


api.add_router("/bench-upload", router)

from district.edges.web.wsgi import application  # noqa: E402 - after the address was added

__all__ = ["application"]
