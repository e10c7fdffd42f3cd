"""Durable background work: the table is the queue of record, the broker its doorbell."""
