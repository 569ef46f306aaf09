"""`district systems`: what there is, and who may do what."""

from __future__ import annotations

import json

from district.kernel import registry


def main(arguments: list[str]) -> int:
    """A line for each system; `--json` for machines."""
    found = registry.systems()
    if "--json" in arguments:
        rows = [
            {
                "name": system.name, "clause": system.clause, "zh": system.zh, "en": system.en, "lead": system.lead,
                "listens": {listen.protocol: listen.port for listen in system.listens},
                "pages": [page.key for page in system.pages], "kpis": [kpi.key for kpi in system.kpis],
            }
            for system in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for system in found:
        ports = " ".join(f"{listen.protocol}:{listen.port}" for listen in system.listens)
        print(f"{system.clause:>3}  {system.name:14} {system.zh}（{system.lead}） {ports}")
    return 0
