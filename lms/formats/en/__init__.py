"""U.S. English."""
