"""One's own data, to read and to take away; and the two steps in which an administrator erases a person."""
