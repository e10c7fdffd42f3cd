"""The views of courses, by journey."""
