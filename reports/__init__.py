"""Cohort statistics, capacity metrics, frozen snapshots, exports and the report to the Executive Steering Committee."""
