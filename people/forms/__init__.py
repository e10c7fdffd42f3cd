"""What is filled in about people: by administrators, by those who invite, by those who are invited."""
