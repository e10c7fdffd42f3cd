"""Curricula and their editions, approval by both Participants, cohorts, enrollment and rosters."""
