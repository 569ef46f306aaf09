"""Errors as ODK Central writes them: `{"message", "code", "details"}`; the whole part of the code is the status."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape

from district.kernel.files.refusal import Refusal
from district.kernel.forms import refused as forms_refused
from district.kernel.forms.design.problems import BadForm
from district.kernel.people.refused import Refused

OPENROSA = "http://openrosa.org/http/response"
CODES = {
    "version_taken": 409.6, "form_id_taken": 409.3, "no_draft": 404.1, "other_form_id": 400.8, "no_such_file": 404.1,
    "archived": 409.4, "not_xml": 400.1,
}  # fmt: skip
"""Codes of Central for those of ours that name none; the rest is 400.8."""


class Problem(Exception):
    """An answer that is an error. `code` is Central's."""

    def __init__(self, code: float, message: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    @property
    def status(self) -> int:
        return int(self.code)


def unparseable(form: str, length: int) -> Problem:
    return Problem(
        400.1, f"Could not parse the given data ({length} chars) as {form}.", format=form, rawLength=length
    )


def missing(field: str) -> Problem:
    return Problem(400.2, f"Required parameter {field} missing.", field=field)


def unexpected(field: str, value: object, reason: str) -> Problem:
    return Problem(
        400.8, f"Unexpected {field} value {value}; {reason}", field=field, value=str(value), reason=reason
    )


def bad_type(value: object, expected: str) -> Problem:
    return Problem(
        400.11,
        f"Invalid input data type: expected '{value}' to be ({expected})",
        value=str(value),
        expected=expected,
    )


def not_found() -> Problem:
    return Problem(404.1, "Could not find the resource you were looking for.")


def no_rights() -> Problem:
    return Problem(403.1, "The authentication you provided does not have rights to perform that action.")


def not_signed_in() -> Problem:
    return Problem(401.2, "Could not authenticate with the provided credentials.")


def taken(fields: list[str], values: list[str]) -> Problem:
    return Problem(
        409.3, f"A resource already exists with {','.join(fields)} value(s) of {','.join(values)}.", fields=fields,
        values=values,
    )  # fmt: skip


def not_supported(feature: str) -> Problem:
    return Problem(
        501.1, f"The requested feature {feature} is not supported by this server.", feature=feature
    )


def problem_of(error: Exception) -> Problem | None:
    """What an exception of ours is to a client; None for one that is a fault."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, BadForm):
        code = 400.1 if error.code == "not_xml" else 400.15
        each = [
            {"code": one.code, "sheet": one.sheet, "row": one.row, "column": one.column, "value": one.value, "text": one.text}
            for one in error.problems
        ]  # fmt: skip
        return Problem(code, str(error), error=str(error), warnings=[], problems=each)
    if isinstance(error, Refused):
        code = error.central if isinstance(error, forms_refused.Refused) else CODES.get(error.code, 400.8)
        return Problem(code, str(error), field=error.field, value=str(error.value), rule=error.code)
    if isinstance(error, Refusal):
        return Problem(400.8, str(error), field="file", rule=error.code)
    return None


def as_json(problem: Problem) -> HttpResponse:
    body: dict[str, Any] = {"message": problem.message, "code": problem.code}
    if problem.details:
        body["details"] = problem.details
    answer = HttpResponse(
        orjson.dumps(body, default=str), status=problem.status, content_type="application/json"
    )
    if problem.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="district"'
    return answer


def as_openrosa(request: HttpRequest, problem: Problem) -> HttpResponse:
    """OpenRosa knows one kind of answer, with words for the person at the phone."""
    answer = openrosa_message(problem.message, problem.status, "error")
    if problem.status == 401:
        answer["WWW-Authenticate"] = 'Basic realm="district", charset="UTF-8"'
    return answer


def openrosa_message(text: str, status: int, nature: str = "") -> HttpResponse:
    return HttpResponse(
        f'<OpenRosaResponse xmlns="{OPENROSA}" items="0"><message nature="{nature}">{escape(text)}</message>'
        "</OpenRosaResponse>",
        status=status,
        content_type="text/xml; charset=utf-8",
    )
