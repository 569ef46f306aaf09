from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from district.kernel import clock
from district.kernel.files import content_store
from district.kernel.files.actions import Refusal, attach, detach, keep, keep_all, sweep
from district.kernel.files.fields import FilesField
from district.kernel.files.models import FileLink, StoredFile
from district.kernel.files.owners import owner
from district.kernel.files.tests.samples import exif, jpeg, pdf
from district.kernel.people.models import AuditEntry
from district.testing.people import account

pytestmark = pytest.mark.django_db

owner("files.test", may_look=lambda reader, subject: subject == "open" or reader.username == subject)


def upload(name: str = "a.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content)


def contents() -> int:
    return sum(1 for _ in content_store.all_kept())


def test_equal_contents_are_kept_once_under_each_name():
    before = contents()
    content = pdf(b"/Once 1")
    files = [keep(upload(name, content), None, "test") for name in ("a.pdf", "b.pdf")]
    assert [file.name for file in files] == ["a.pdf", "b.pdf"]
    assert contents() == before + 1
    assert content_store.path_of(files[0].sha256).read_bytes() == content


def test_of_several_uploads_all_are_kept_or_none():
    with pytest.raises(Refusal):
        keep_all([upload(content=pdf(b"/Fine 1")), upload("a.exe", b"MZ")], None, "test")
    assert StoredFile.objects.count() == 0


def test_an_interrupted_write_leaves_no_half_file(monkeypatch):
    monkeypatch.setattr(content_store.os, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk")))
    with pytest.raises(OSError, match="disk"):
        keep(upload(content=pdf(b"/Half 1")), None, "test")
    assert list(content_store.folder().glob("*/.draft-*")) == []
    assert StoredFile.objects.count() == 0


def test_the_photo_of_a_citizen_is_bare_and_that_of_a_worker_is_evidence():
    photo = jpeg(exif(lat=36.8, lon=117.9))
    citizens, workers = (
        keep(upload("a.jpg", photo), None, "report"),
        keep(upload("a.jpg", photo), account("staff"), "report"),
    )
    assert b"Exif" not in content_store.path_of(citizens.sha256).read_bytes()
    assert content_store.path_of(workers.sha256).read_bytes() == photo
    assert (round(citizens.lon, 3), round(citizens.lat, 3)) == (117.9, 36.8)


def test_a_file_goes_with_its_last_link_and_its_content_with_the_last_file(
    django_capture_on_commit_callbacks,
):
    content, clerk = pdf(b"/Gone 1"), account("kernel.operator")
    one, other = keep(upload(content=content), clerk, "test"), keep(upload("b.pdf", content), clerk, "test")
    links = [
        attach(one, "files.test", "x", clerk),
        attach(one, "files.test", "y", clerk),
        attach(other, "files.test", "x", clerk),
    ]
    assert attach(one, "files.test", "x", clerk) == links[0]
    for link, rows, is_kept in zip(links, (2, 1, 0), (True, True, False), strict=True):
        with django_capture_on_commit_callbacks(execute=True):
            detach(link, clerk, "误传")
        assert StoredFile.objects.count() == rows
        assert content_store.path_of(one.sha256).exists() == is_kept
    assert AuditEntry.objects.filter(action="delete", purpose="误传").count() == 3


def test_a_file_is_not_taken_away_without_a_reason():
    link = attach(keep(upload(), None, "test"), "files.test", "x", None)
    with pytest.raises(Refusal):
        detach(link, None, " ")


def test_uploads_that_nothing_was_made_of_are_swept(django_capture_on_commit_callbacks):
    old, used = (
        keep(upload(content=pdf(b"/Old 1")), None, "test"),
        keep(upload(content=pdf(b"/Used 1")), None, "test"),
    )
    attach(used, "files.test", "x", None)
    StoredFile.objects.update(kept_at=clock.now() - timedelta(days=8))
    keep(upload(content=pdf(b"/New 1")), None, "test")
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep() == 1
    assert not content_store.path_of(old.sha256).exists()
    assert StoredFile.objects.count() == 2


def given_out(client: Client, link: FileLink, query: str = "") -> object:
    return client.get(reverse("files:download", args=[link.pk]) + query)


def test_a_file_is_given_to_whom_the_owner_of_its_subject_admits(client: Client):
    reader = account("kernel.operator")
    client.force_login(reader)
    file = keep(upload(), None, "证据")
    own, foreign, orphan = (
        attach(file, kind, subject, None)
        for kind, subject in (
            ("files.test", reader.username),
            ("files.test", "else"),
            ("files.nobody", "open"),
        )
    )
    answer = given_out(client, own)
    assert b"".join(answer.streaming_content) == pdf()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert given_out(client, foreign).status_code == 404
    assert given_out(client, orphan).status_code == 404
    assert (
        AuditEntry.objects.filter(action="look", subject_kind="file", account=reader, purpose="证据").count()
        == 1
    )


def test_a_file_is_given_by_its_own_key_as_part_of_what_may_be_looked_at(client: Client):
    reader = account("kernel.operator")
    client.force_login(reader)
    file, other = keep(upload(), None, "证据"), keep(upload(), None, "证据")
    for kind, subject in (("files.nobody", "open"), ("files.test", "else"), ("files.test", reader.username)):
        attach(file, kind, subject, None)
    attach(other, "files.test", "else", None)
    assert client.get(reverse("files:kept", args=[file.pk])).status_code == 200
    assert client.get(reverse("files:kept", args=[other.pk])).status_code == 404
    assert AuditEntry.objects.get(action="look", subject_kind="file").subject.startswith(f"files.test {reader.username}")


def test_a_look_at_what_is_not_personal_is_not_noted(client: Client):
    client.force_login(account("kernel.operator"))
    link = attach(
        keep(upload("a.jpg", jpeg()), None, "示意图"), "files.test", "open", None, is_personal=False
    )
    assert given_out(client, link, "?show=1")["Content-Disposition"].startswith("inline")
    assert not AuditEntry.objects.filter(subject_kind="file").exists()


def test_a_document_is_never_shown_inside_our_pages(client: Client):
    client.force_login(account("kernel.operator"))
    link = attach(keep(upload(), None, "x"), "files.test", "open", None)
    assert given_out(client, link, "?show=1")["Content-Disposition"].startswith("attachment")


def test_a_lost_content_is_not_found(client: Client):
    client.force_login(account("kernel.operator"))
    link = attach(keep(upload(content=pdf(b"/Lost 1")), None, "x"), "files.test", "open", None)
    content_store.remove(link.file.sha256)
    assert given_out(client, link).status_code == 404


def test_a_digest_that_is_none_has_no_path():
    with pytest.raises(ValueError, match="sha256"):
        content_store.path_of("../../etc/passwd")


def test_a_form_field_takes_several_files_but_not_too_many():
    field = FilesField(required=False, most=2)
    assert len(field.clean([upload(), upload()])) == 2
    assert field.clean([]) == []
    with pytest.raises(Exception, match="2"):
        field.clean([upload(), upload(), upload()])
