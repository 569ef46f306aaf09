"""全业务入格: grid cells and their history, workers, duty lists, patrols, posts, key places, inspections."""
