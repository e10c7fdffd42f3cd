"""Credentials, the signed certificate in duplicate, and its verification by anyone."""
