"""The canonical figures: everything that a report prints, in one JSON document, with small counts withheld. Pure."""
