"""The sheet of a session that officers sign by hand."""
