"""Static files with their digest in the name once they have been collected, under their own name before that."""

from __future__ import annotations

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Collected: `ui/shell.3f2a….css`, compressed, cached for ever. Not collected (tests): plain names."""

    manifest_strict = False
    # Source maps are not collected, so references to them stay as they are.
    patterns = tuple(
        (glob, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for glob, rules in CompressedManifestStaticFilesStorage.patterns
    )

    def stored_name(self, name: str) -> Any:
        known = self.hashed_files.get(self.hash_key(self.clean_name(name)))
        return super().stored_name(name) if known else name
