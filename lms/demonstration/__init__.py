"""The demonstration: invented people who take the real courses through the product's own services."""
