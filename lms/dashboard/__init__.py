"""A trainee's own page."""
