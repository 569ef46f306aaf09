"""One file per question. Each prints a table with the peer beside us and, last, one JSON object with the ratios."""
