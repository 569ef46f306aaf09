"""Which form of RDF a client wants (RFC 9110 §12.5.1): by the suffix of the address, else by `Accept`. No Django."""

from __future__ import annotations

FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "rdf": "application/rdf+xml"}
WRITERS = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "pretty-xml"}
ALIASES = {
    "application/x-turtle": "ttl",
    "application/json": "jsonld",
    "application/xml": "rdf",
    "text/xml": "rdf",
}


def wanted_form(accept: str) -> str | None:
    """`ttl`, `jsonld` or `rdf`; Turtle where anything will do; None where nothing of ours will."""
    best, best_quality = None, 0.0
    for part in (accept or "*/*").split(","):
        media, *parameters = (each.strip() for each in part.split(";"))
        quality = _quality(parameters)
        form = _form_of(media.lower())
        if form is not None and quality > best_quality:
            best, best_quality = form, quality
    return best


def _form_of(media: str) -> str | None:
    for form, name in FORMS.items():
        if media == name:
            return form
    return ALIASES.get(media) or (
        "ttl" if media in ("*/*", "text/*") else "jsonld" if media == "application/*" else None
    )


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
