"""Open Badges 3.0: credentials that other systems read and verify. Knows nothing of Django."""
