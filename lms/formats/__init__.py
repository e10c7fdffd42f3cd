"""How numbers and dates are read in each language: Mexican and U.S. usage."""
