"""主题与基础库: what the nine themes and the base libraries need, what of it is there, and who owes the rest."""
