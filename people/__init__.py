"""Participants, agencies, offices, officers, roles, access by Participant, and the audit record."""
