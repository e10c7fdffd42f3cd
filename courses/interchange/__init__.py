"""The formats in which content leaves and comes back."""
