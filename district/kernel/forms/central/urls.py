"""`/v1/…`: the addresses of ODK Central's API, and again below `/v1/key/<key>/` what a phone needs of them."""

from __future__ import annotations

from django.urls import URLPattern, path

from district.kernel.forms.central import (
    audits,
    entities,
    exports,
    forms,
    odata,
    openrosa,
    pages,
    projects,
    sessions,
    submissions,
)
from district.kernel.forms.central.entering import View, door
from district.kernel.forms.queries import DESIGNERS, EVERYBODY
from district.kernel.people.access import SELF
from district.kernel.vocabulary import PUBLIC

OPEN = (PUBLIC,)
PROJECT = "projects/<int:project_id>"
FORM = f"{PROJECT}/forms/<str:form_id>"
SUBMISSION = f"{FORM}/submissions/<str:instance_id>"
DATASET = f"{PROJECT}/datasets/<str:name>"
VERSION = f"{SUBMISSION}/versions/<str:version_id>"


def _at(address: str, name: str, roles: tuple[str, ...] = EVERYBODY, **methods: View) -> URLPattern:
    return path(f"v1/{address}", door(roles, methods), name=f"central_{name}")


def _openrosa(address: str, name: str, **methods: View) -> list[URLPattern]:
    """For people with a password, and for phones with a key."""
    return [
        path(f"v1/{address}", door(EVERYBODY, methods, is_openrosa=True), name=f"central_{name}"),
        path(
            f"v1/key/<str:key>/{address}", door(EVERYBODY, methods, is_openrosa=True, is_keyed=True),
            name=f"central_key_{name}",
        ),
    ]  # fmt: skip


def _shared(address: str, name: str, **methods: View) -> list[URLPattern]:
    """Of the REST part what phones and browsers with a key fetch, too."""
    keyed = {method: view for method, view in methods.items() if method in KEYED.get(name, ("GET",))}
    return [
        path(f"v1/{address}", door(EVERYBODY, methods), name=f"central_{name}"),
        path(f"v1/key/<str:key>/{address}", door(EVERYBODY, keyed, is_keyed=True), name=f"central_key_{name}"),
    ]


KEYED: dict[str, tuple[str, ...]] = {
    "submissions": ("POST",), "submission_file": ("POST",), "forms": ("GET",), "form": ("GET",),
}  # fmt: skip

urlpatterns: list[URLPattern] = [
    _at("sessions", "sessions", OPEN, POST=sessions.opened),
    _at("sessions/restore", "session_restored", OPEN, GET=sessions.restored),
    _at("sessions/<str:token>", "session", OPEN, DELETE=sessions.closed),
    _at("users/current", "current_user", (SELF,), GET=sessions.current_user),
    _at("roles", "roles", GET=projects.roles),
    _at("audits", "audits", DESIGNERS, GET=audits.listed),
    _at("projects", "projects", GET=projects.listed, POST=projects.created),
    _at(PROJECT, "project", GET=projects.got, PATCH=projects.changed),
    path("forms/phones/", pages.phones, name="phones"),
    path("forms/phones/<int:pk>/stop/", pages.stop_phone, name="stop_phone"),
    _at(f"{PROJECT}/app-users", "app_users", DESIGNERS, GET=projects.phones, POST=projects.phone_added),
    _at(f"{PROJECT}/app-users/<int:phone_id>", "phone", DESIGNERS, DELETE=projects.phone_removed),
    *_openrosa(f"{PROJECT}/formList", "form_list", GET=openrosa.form_list),
    *_openrosa(
        f"{PROJECT}/submission", "openrosa_submission", GET=openrosa.submission_head, POST=openrosa.submission
    ),
    *_openrosa(f"{FORM}/manifest", "manifest", GET=openrosa.manifest),
    *_openrosa(f"{PROJECT}/datasets/<str:name>/integrity", "integrity", GET=openrosa.integrity),
    *_shared(f"{PROJECT}/forms", "forms", GET=forms.listed, POST=forms.created),
    *_shared(f"{FORM}.xml", "form_xml", GET=forms.xml),
    _at(f"{FORM}.xlsx", "form_workbook", GET=forms.workbook),
    _at(f"{FORM}.svc", "odata_service", GET=odata.service),
    _at(f"{FORM}.svc/$metadata", "odata_metadata", GET=odata.metadata),
    _at(f"{FORM}.svc/<path:table_name>", "odata_table", GET=odata.table),
    *_shared(FORM, "form", GET=forms.got, PATCH=forms.changed, DELETE=forms.deleted),
    _at(f"{FORM}/fields", "form_fields", GET=forms.fields),
    *_shared(f"{FORM}/attachments", "form_files", GET=forms.files),
    *_shared(f"{FORM}/attachments/<str:name>", "form_file", GET=forms.file),
    _at(f"{FORM}/assignments", "assignments", DESIGNERS, GET=projects.assignments),
    _at(
        f"{FORM}/assignments/<str:role>/<int:actor_id>", "assignment", DESIGNERS, POST=projects.assigned,
        DELETE=projects.assigned,
    ),
    _at(f"{FORM}/versions", "form_versions", GET=forms.versions),
    _at(f"{FORM}/versions/<str:name>.xml", "form_version_xml", GET=forms.version_xml),
    _at(f"{FORM}/versions/<str:name>.xlsx", "form_version_workbook", GET=forms.version_workbook),
    _at(f"{FORM}/versions/<str:name>", "form_version", GET=forms.version),
    _at(f"{FORM}/versions/<str:name>/fields", "form_version_fields", GET=forms.version_fields),
    _at(f"{FORM}/versions/<str:name>/attachments", "form_version_files", GET=forms.version_files),
    _at(f"{FORM}/draft.xml", "draft_xml", DESIGNERS, GET=forms.draft_xml),
    _at(f"{FORM}/draft.xlsx", "draft_workbook", DESIGNERS, GET=forms.draft_workbook),
    _at(f"{FORM}/draft", "draft", DESIGNERS, GET=forms.draft, POST=forms.drafted, DELETE=forms.draft_deleted),
    _at(f"{FORM}/draft/publish", "draft_published", DESIGNERS, POST=forms.published),
    _at(f"{FORM}/draft/fields", "draft_fields", DESIGNERS, GET=forms.draft_fields),
    _at(f"{FORM}/draft/attachments", "draft_files", DESIGNERS, GET=forms.draft_files),
    _at(
        f"{FORM}/draft/attachments/<str:name>", "draft_file", DESIGNERS, GET=forms.draft_file,
        POST=forms.draft_file_given, PATCH=forms.draft_file_linked, DELETE=forms.draft_file_removed,
    ),
    *_shared(f"{FORM}/submissions", "submissions", GET=submissions.listed, POST=submissions.created),
    _at(f"{FORM}/submissions.csv", "submissions_csv", GET=exports.as_csv),
    _at(f"{FORM}/submissions.csv.zip", "submissions_csv_zip", GET=exports.as_csv_zip),
    _at(f"{FORM}/submissions.xlsx", "submissions_xlsx", GET=exports.as_xlsx),
    _at(f"{FORM}/submissions/keys", "submission_keys", GET=submissions.keys),
    _at(f"{FORM}/submissions/submitters", "submitters", GET=submissions.submitters),
    _at(f"{SUBMISSION}.xml", "submission_xml", GET=submissions.xml),
    _at(
        SUBMISSION, "submission", GET=submissions.got, PUT=submissions.edited, PATCH=submissions.reviewed,
        DELETE=submissions.deleted,
    ),
    _at(f"{SUBMISSION}/attachments", "submission_files", GET=submissions.files),
    *_shared(
        f"{SUBMISSION}/attachments/<str:name>", "submission_file", GET=submissions.file, POST=submissions.file_given,
        DELETE=submissions.file_removed,
    ),
    _at(f"{SUBMISSION}/comments", "comments", GET=submissions.comments, POST=submissions.commented),
    _at(f"{SUBMISSION}/diffs", "diffs", GET=submissions.diffs),
    _at(f"{SUBMISSION}/versions", "submission_versions", GET=submissions.versions),
    _at(f"{VERSION}.xml", "submission_version_xml", GET=submissions.version_xml),
    _at(VERSION, "submission_version", GET=submissions.version),
    _at(f"{VERSION}/attachments", "submission_version_files", GET=submissions.version_files),
    _at(f"{VERSION}/attachments/<str:name>", "submission_version_file", GET=submissions.version_file),
    _at(f"{PROJECT}/datasets", "datasets", GET=entities.listed, POST=entities.created),
    _at(f"{DATASET}.svc", "dataset_odata", GET=entities.odata_service),
    _at(f"{DATASET}.svc/<str:table_name>", "dataset_table", GET=entities.odata),
    _at(DATASET, "dataset", GET=entities.got, PATCH=entities.changed),
    _at(f"{DATASET}/properties", "dataset_items", DESIGNERS, POST=entities.item_added),
    _at(f"{DATASET}/entities.csv", "entities_csv", GET=entities.as_csv),
    _at(f"{DATASET}/entities", "entities", GET=entities.entities, POST=entities.entities_created),
    _at(f"{DATASET}/entities/bulk-delete", "entities_deleted", DESIGNERS, POST=entities.entities_deleted),
    _at(
        f"{DATASET}/entities/<str:uuid>", "entity", GET=entities.entity, PATCH=entities.entity_changed,
        DELETE=entities.entity_deleted,
    ),
    _at(f"{DATASET}/entities/<str:uuid>/restore", "entity_restored", DESIGNERS, POST=entities.entity_restored),
    _at(f"{DATASET}/entities/<str:uuid>/versions", "entity_versions", GET=entities.entity_versions),
    _at(f"{DATASET}/entities/<str:uuid>/diffs", "entity_diffs", GET=entities.entity_diffs),
]  # fmt: skip
