"""Our rows as JSON objects of ODK Central's API."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from district.kernel.forms.models import (
    AppUser,
    Entity,
    EntityWrite,
    Form,
    FormFile,
    FormVersion,
    Project,
    Register,
    RegisterItem,
    Submission,
    SubmissionComment,
    SubmissionVersion,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUBMISSION_FIELDS = {
    "__id": "instance_id", "__system/submissionDate": "created_at", "__system/updatedAt": "updated_at",
    "__system/submitterId": "account_id", "__system/reviewState": "review_state",
    "__system/deletedAt": "deleted_at", "__system/formVersion": "version__version",
}  # fmt: skip
"""Names of OData to fields of Submission."""
HIDDEN = "*" * 64
"""In the place of a key that was told once: clients see that there is one."""


def time(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def actor(account: Any) -> dict[str, Any] | None:
    if account is None:
        return None
    return {
        "id": account.pk, "type": "user", "displayName": account.name, "createdAt": time(account.created_at),
        "updatedAt": None, "deletedAt": None,
    }  # fmt: skip


def user(account: Any) -> dict[str, Any]:
    return {**(actor(account) or {}), "email": account.email or account.username}


def project(row: Project, *, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "id": row.pk, "name": row.name, "description": row.description or None, "archived": row.is_archived,
        "keyId": None, "createdAt": time(row.created_at), "updatedAt": time(row.updated_at), "deletedAt": None,
        **(extra or {}),
    }  # fmt: skip


def phone(row: AppUser, token: str | None = None) -> dict[str, Any]:
    kept = None if row.revoked_at else HIDDEN
    return {
        "projectId": row.project_id, "id": row.pk, "type": "field_key", "displayName": row.display_name,
        "token": token or kept, "createdAt": time(row.created_at), "updatedAt": None, "deletedAt": None,
        "lastUsed": time(row.last_used_at),
    }  # fmt: skip


def form(row: Form, version: FormVersion | None, *, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "projectId": row.project_id, "xmlFormId": row.xml_form_id, "state": row.state, "name": row.title,
        "enketoId": None, "enketoOnceId": None, "keyId": None, "createdAt": time(row.created_at),
        "updatedAt": time(row.updated_at), **form_version(version), **(extra or {}),
    }  # fmt: skip


def form_version(row: FormVersion | None) -> dict[str, Any]:
    if row is None:
        return {
            "version": "",
            "hash": "",
            "sha": None,
            "sha256": None,
            "draftToken": None,
            "publishedAt": None,
        }
    content = row.xform.encode()
    return {
        "version": row.version, "hash": row.md5, "sha": hashlib.sha1(content, usedforsecurity=False).hexdigest(),
        "sha256": hashlib.sha256(content).hexdigest(), "draftToken": None, "publishedAt": time(row.published_at),
    }  # fmt: skip


def form_file(row: FormFile, *, md5: str | None) -> dict[str, Any]:
    suffix = row.name.rpartition(".")[2].lower()
    kind = "file"
    for name, suffixes in (
        ("image", ("jpg", "jpeg", "png", "gif", "webp", "svg")),
        ("audio", ("mp3", "m4a", "wav", "ogg", "amr")),
        ("video", ("mp4", "mov", "webm", "3gp")),
    ):
        if suffix in suffixes:
            kind = name
    return {
        "name": row.name, "type": kind, "hash": md5, "exists": bool(row.file_id or row.register_id),
        "blobExists": row.file_id is not None, "datasetExists": row.register_id is not None,
        "updatedAt": time(row.updated_at),
    }  # fmt: skip


def submission(
    row: Submission, *, current: SubmissionVersion | None = None, is_extended: bool = False
) -> dict[str, Any]:
    found = {
        "instanceId": row.instance_id, "submitterId": row.account_id, "deviceId": row.device or None,
        "userAgent": current.user_agent or None if current else None, "reviewState": row.review_state or None,
        "createdAt": time(row.created_at),
        "updatedAt": time(row.updated_at) if row.updated_at != row.created_at else None, "deletedAt": None,
    }  # fmt: skip
    if current is not None:
        found["currentVersion"] = submission_version(current, is_current=True)
    if is_extended:
        found["submitter"] = actor(row.account)
    return found


def submission_version(row: SubmissionVersion, *, is_current: bool) -> dict[str, Any]:
    return {
        "instanceId": row.instance_id, "instanceName": row.instance_name or None, "submitterId": row.account_id,
        "deviceId": row.device or None, "userAgent": row.user_agent or None, "createdAt": time(row.received_at),
        "current": is_current,
    }  # fmt: skip


def comment(row: SubmissionComment) -> dict[str, Any]:
    return {"body": row.body, "actorId": row.account_id, "createdAt": time(row.at)}


def register(row: Register, *, extra: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": row.name, "projectId": row.project_id, "createdAt": time(row.created_at), "approvalRequired": False,
        "ownerOnly": False, "title": row.title, **(extra or {}),
    }  # fmt: skip


def register_item(row: RegisterItem, forms: list[str]) -> dict[str, Any]:
    return {
        "name": row.name, "odataName": odata_name(row.name), "publishedAt": time(row.register.created_at),
        "forms": forms, "title": row.title,
    }  # fmt: skip


def odata_name(name: str) -> str:
    return "".join(each if each.isalnum() or each == "_" else "_" for each in name)


def entity(row: Entity, current: dict[str, Any]) -> dict[str, Any]:
    return {
        "uuid": str(row.uuid), "creatorId": row.created_by_id or 0, "createdAt": time(row.created_at),
        "updatedAt": time(row.updated_at) if row.version > 1 else None, "deletedAt": time(row.deleted_at),
        "conflict": "hard" if row.conflicts else None, "currentVersion": current,
    }  # fmt: skip


def entity_version(
    row: Entity, write: EntityWrite | None, data: dict[str, str], *, with_data: bool = True
) -> dict[str, Any]:
    """`write` is None for a record as all its writes leave it."""
    made_at = write.received_at if write else row.updated_at
    found: dict[str, Any] = {
        "label": (write.label if write else "") or row.label, "current": write is None or write.version == row.version,
        "createdAt": time(made_at), "creatorId": (write.account_id if write else row.created_by_id) or 0,
        "userAgent": (write.device if write else "") or "", "version": write.version if write else row.version,
        "baseVersion": write.base_version if write else None,
        "conflictingProperties": sorted(row.conflicts) or None if write is None else None,
    }  # fmt: skip
    if with_data:
        found["data"] = data
        found["dataReceived"] = write.values if write else data
    return found
