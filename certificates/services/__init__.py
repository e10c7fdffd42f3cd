"""Issuing, drawing, revoking, verifying, reconciling."""
