"""A cohort as a file: one row an officer, in the reader's language."""
