"""Pages of cases: work bench, list, case, procedures and their editor, flow and indicators."""
