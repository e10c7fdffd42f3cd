"""Courses, lessons, quizzes and items; attempts and progress; parity of the two languages."""
