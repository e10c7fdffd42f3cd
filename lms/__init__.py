"""The composition root: settings, addresses, and everything that joins the rooms of the house."""
