"""Electronic signatures (PAdES B-B) and their verification."""
