"""Cohort statistics, capacity metrics, snapshots, exports and the reports of the Executive Steering Committee."""
