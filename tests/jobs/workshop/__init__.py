"""An app that exists only in tests: jobs that are slow, poisonous or wrong on purpose."""
