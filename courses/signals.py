"""What courses say upward. Sent inside the transaction of the fact: what follows is committed with it or not at all."""

from __future__ import annotations

from django.dispatch import Signal

#: A record reached its end: `record_id: int`, `completed_at: datetime`. Sent once per record.
course_completed = Signal()

#: A revision of a page or an item was saved: `thing`, `content` (of the revision, as stored), `by`. For this floor
#: itself.
draft_saved = Signal()
