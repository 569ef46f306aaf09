"""Submissions with attachments beside plain uploads of the same bytes; a large form written to xlsx in level memory.

`python -m bench.forms`. One installation, one web worker of the real site (`bench._plain_uploads` adds the plain
address to it), several phones at once. Ours: OpenRosa with the key of a phone, XML of 50 answers and photos of their own
in each; the form is found, the XML read, answers and counts kept, files checked and kept, all committed before the
answer. Plain: the key is looked up and the same parts are kept in the same store, committed. Rounds of both alternate,
so that what else the machine does weighs on both alike.

Then a form of 50 questions with many rows is written to xlsx in a process of its own, which loads the kernel and no
system; `peak_mb` is the most it ever had resident.
"""

from __future__ import annotations

import json
import logging
import os
import re
import resource
import subprocess
import sys
import threading
import time
import uuid
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import numpy as np

from bench._sites import site
from district.edges.database import set_up_django
from district.kernel import home
from district.testing.installation import Installation, environment

ROWS = int(os.environ.get("DISTRICT_BENCH_ROWS") or 100_000)
SECONDS = float(os.environ.get("DISTRICT_BENCH_SECONDS") or 3)
ROUNDS = int(os.environ.get("DISTRICT_BENCH_ROUNDS") or 4)
PHONES = 4
QUESTIONS = 50
PHOTOS = 2
PHOTO_BYTES = 150_000
"""A photo as ODK Collect scales it down before sending."""
BOUNDARY = "----district-bench"


def xform() -> str:
    """50 questions: texts and whole numbers by turns, and the photos."""
    names = [f"q{number:02}" for number in range(QUESTIONS)]
    photos = [f"photo{number}" for number in range(PHOTOS)]
    instance = "".join(f"<{name}/>" for name in (*names, *photos))
    binds = "".join(
        f'<bind nodeset="/data/{name}" type="{"int" if number % 2 else "string"}"/>' for number, name in enumerate(names)
    ) + "".join(f'<bind nodeset="/data/{name}" type="binary"/>' for name in photos)
    body = "".join(
        f'<input ref="/data/{name}"><label>第 {number} 项信息</label></input>' for number, name in enumerate(names)
    ) + "".join(f'<upload ref="/data/{name}" mediatype="image/*"><label>照片</label></upload>' for name in photos)
    return (
        '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
        'xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>测评表</h:title><model><instance>'
        f'<data id="bench" version="1">{instance}<orx:meta><orx:instanceID/></orx:meta></data></instance>{binds}'
        f"</model></h:head><h:body>{body}</h:body></h:html>"
    )


ROWS_SQL = """
    INSERT INTO forms_submission (form_id, version_id, instance_id, current_id, account_id, organisation_id, device,
        division_code, values, conflicts, review_state, asked, held, kept, changed, created_at, updated_at, is_simulated)
    SELECT %(form)s, %(version)s, 'uuid:' || md5(n::text), 'uuid:' || md5(n::text), %(account)s, %(organisation)s, '',
        '370306102201', {values}, '{{}}', '', 50, 0, 0, 0, now(), now(), true
    FROM generate_series(1, %(rows)s) n
"""


def prepare() -> tuple[int, str, int]:
    """The project, the key of a phone in it, and the form with rows to export."""
    from django.db import connection

    from district.kernel.forms.central.projects import register_phone
    from district.kernel.forms.design.publishing import form_from, publish
    from district.kernel.forms.models import Project
    from district.kernel.forms.queries import FILLERS
    from district.kernel.people.models import Account, Duty, Organisation

    unit = Organisation.objects.create(code="bench", name="测评村", kind="village", division_code="370306102201")
    clerk = Account.objects.create_user("B0001", None, name="测评", organisation=unit)
    Duty.objects.create(account=clerk, role=FILLERS[0], organisation=unit, scope="own")
    project = Project.objects.create(name="测评", organisation=unit)
    form = form_from(project, xform().encode(), None, organisation=unit)
    version = publish(form, None)
    number, words = "(n * {at} % 9973)::text", "'演示村民的第 ' || n || ' 条情况说明'"
    pairs = [f"'q{at:02}', {number.format(at=at) if at % 2 else words}" for at in range(QUESTIONS)]
    halves = " || ".join(f"jsonb_build_object({', '.join(pairs[at::2])})" for at in range(2))
    with connection.cursor() as cursor:
        cursor.execute(
            ROWS_SQL.format(values=halves.replace("%", "%%")),
            {"form": form.pk, "version": version.pk, "account": clerk.pk, "organisation": unit.pk, "rows": ROWS},
        )
        cursor.execute("ANALYZE forms_submission")
    _phone, key = register_phone(project, clerk, "测评手机", by=None)
    return project.pk, key, form.pk


def post() -> bytes:
    """A submission nobody has sent before, with photos nobody has sent before."""
    answers = "".join(
        f"<q{at:02}>{at * 37 if at % 2 else f'演示村民的第 {at} 条情况说明'}</q{at:02}>" for at in range(QUESTIONS)
    )
    photos = "".join(f"<photo{at}>{at}.jpg</photo{at}>" for at in range(PHOTOS))
    xml = (
        '<data xmlns:orx="http://openrosa.org/xforms" id="bench" version="1">'
        f"{answers}{photos}<orx:meta><orx:instanceID>uuid:{uuid.uuid4()}</orx:instanceID></orx:meta></data>"
    ).encode()
    parts = [("xml_submission_file", "submission.xml", "text/xml", xml)]
    parts += [(f"{at}.jpg", f"{at}.jpg", "image/jpeg", photo()) for at in range(PHOTOS)]
    lines = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: {kind}'
        "\r\n\r\n".encode() + content + b"\r\n"
        for name, file, kind, content in parts
    ]
    return b"".join(lines) + f"--{BOUNDARY}--\r\n".encode()


def photo() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + os.urandom(PHOTO_BYTES) + b"\xff\xd9"


def send_for(port: int, path: str, seconds: float) -> list[float]:
    """What one phone sees: the times of its posts, in seconds."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    times: list[float] = []
    spent = 0.0
    while spent < seconds:
        body = post()
        began = time.perf_counter()
        connection.request("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})
        answer = connection.getresponse()
        told = answer.read()
        times.append(time.perf_counter() - began)
        spent += times[-1]
        if answer.status != 201:
            raise RuntimeError(f"{path}: {answer.status} {told[:300]!r}")
    return times


def together(port: int, path: str) -> tuple[float, list[float]]:
    """Posts a second of all phones, and all their times."""
    found: list[list[float]] = []
    threads = [
        threading.Thread(target=lambda: found.append(send_for(port, path, SECONDS))) for _ in range(PHONES)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) < PHONES:
        raise RuntimeError("a phone failed")
    times = [each for one in found for each in one]
    return len(times) / (time.perf_counter() - began), times


def child(form_id: int, path: str) -> dict[str, Any]:
    """Writes the workbook; how many rows and how long it took. Of Django it sets up the kernel: an export needs no system."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench._kernel_settings"
    set_up_django()
    from district.kernel.forms.export import write_xlsx
    from district.kernel.forms.models import Form, Submission

    form = Form.objects.get(pk=form_id)
    began = time.perf_counter()
    with open(path, "wb") as file:
        rows = write_xlsx(form, Submission.objects.filter(form=form, deleted_at=None), file)
    return {
        "rows": rows, "s": round(time.perf_counter() - began, 2), "file_mb": round(os.path.getsize(path) / 2**20, 1),
        "peak_mb": round(peak_mb(), 1),
    }  # fmt: skip


def peak_mb() -> float:
    """The most memory this process ever had resident.

    From VmHWM, where there is one: `ru_maxrss` of Linux is never less than what the process had that started this one.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    if found:
        return int(found.group(1)) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def exported(form_id: int, path: str) -> dict[str, Any]:
    """What the child says of its work and of the most memory it had."""
    command = [sys.executable, "-m", "bench.forms", "child", str(form_id), path]
    done = subprocess.run(command, capture_output=True, text=True, cwd=home.CHECKOUT)
    if done.returncode:
        raise SystemExit(f"export: {done.stderr[-3000:]}")
    told: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def main() -> None:
    with Installation() as place, environment(**place.variables()):
        subprocess.run(
            [sys.executable, "-m", "district", "manage", "migrate", "-v0"], cwd=home.CHECKOUT, check=True
        )
        set_up_django()
        logging.disable(logging.INFO)
        project, key, large = prepare()
        paths = {"plain": f"/api/bench-upload/{key}", "ours": f"/v1/key/{key}/projects/{project}/submission"}
        rates: dict[str, list[float]] = {name: [] for name in paths}
        times: dict[str, list[float]] = {name: [] for name in paths}
        with site("bench._plain_uploads:application", str(place.path / "site.log")) as port:
            for path in paths.values():
                send_for(port, path, 1)
            for _ in range(ROUNDS):
                for name, path in paths.items():
                    rate, seen = together(port, path)
                    rates[name].append(rate)
                    times[name] += seen
        sheet = exported(large, str(Path(place.path) / "large.xlsx"))
        from django.db import connection

        from district.kernel.forms.models import SubmissionFile

        kept = SubmissionFile.objects.filter(file__isnull=False).count()
        connection.close()
        report(rates, times, sheet, kept)


def report(
    rates: dict[str, list[float]], times: dict[str, list[float]], sheet: dict[str, Any], kept: int
) -> None:
    figures: dict[str, Any] = {"phones": PHONES, "photos": PHOTOS, "photo_bytes": PHOTO_BYTES, "questions": QUESTIONS}
    for name in rates:
        figures[f"{name}_per_s"] = round(float(np.median(rates[name])), 1)
        figures[f"{name}_p50_ms"] = round(float(np.percentile(times[name], 50)) * 1000, 1)
        figures[f"{name}_p99_ms"] = round(float(np.percentile(times[name], 99)) * 1000, 1)
        print(f"{name:<8}{figures[f'{name}_per_s']:>8.1f}/s   p50 {figures[f'{name}_p50_ms']:>7} ms   "
              f"p99 {figures[f'{name}_p99_ms']:>7} ms")  # fmt: skip
    print(f"xlsx    {sheet['rows']:>8,} 行（rows） {sheet['s']:>7} s   {sheet['peak_mb']:>7} MB   "
          f"文件（file） {sheet['file_mb']} MB")  # fmt: skip
    figures |= {
        "files_kept": kept, "export_rows": sheet["rows"], "export_s": sheet["s"], "export_file_mb": sheet["file_mb"],
        "peak_mb": sheet["peak_mb"],
    }  # fmt: skip
    ratios = {
        "ours_vs_plain": round(figures["ours_per_s"] / figures["plain_per_s"], 3),
        "peak_mb": sheet["peak_mb"],
    }
    print(json.dumps({"bench": "forms", "ratios": ratios, "figures": figures}, ensure_ascii=False))


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        print(json.dumps(child(int(sys.argv[2]), sys.argv[3])))
    else:
        main()
