"""What curricula say upward, inside the transaction of the fact."""

from __future__ import annotations

from django.dispatch import Signal

#: An enrollment reached its end: `enrollment_id: int`, `completed_at: datetime`. Sent once per enrollment.
curriculum_completed = Signal()
