"""What changes reports: freezing a period, and drawing a report from what was frozen."""
