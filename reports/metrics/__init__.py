"""Capacity metrics: their definitions, and pure functions over a frozen extract. No Django, no database, no clock."""
