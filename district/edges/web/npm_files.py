"""Which files of the npm packages are served. A package brings hundreds; pages use these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder

SERVED = {
    "npm/tabler": ("tabler.min.css",),
    "npm/icons": ("tabler-icons.min.css", "fonts/tabler-icons.woff2", "fonts/tabler-icons.woff", "fonts/tabler-icons.ttf"),
    "npm/echarts": ("echarts.min.js",),
    "npm/maplibre": ("maplibre-gl.css", "maplibre-gl-csp.js", "maplibre-gl-csp-worker.js"),
    "npm/htmx": ("htmx.min.js",),
    "npm/enketo": ("enketo.js", "enketo.js.LEGAL.txt"),
    "npm/bpmn": (
        "bpmn-navigated-viewer.production.min.js", "bpmn-modeler.production.min.js", "assets/diagram-js.css",
        "assets/bpmn-js.css", "assets/bpmn-font/css/bpmn.css",
        *(f"assets/bpmn-font/font/bpmn.{suffix}" for suffix in ("eot", "svg", "ttf", "woff", "woff2")),
    ),
}


class NpmFiles(FileSystemFinder):
    """Finds the files of SERVED only."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Any]]:
        for path, storage in super().list(ignore_patterns):
            if path in SERVED.get(storage.prefix or "", ()):
                yield path, storage
