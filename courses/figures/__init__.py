"""The house's own vector drawings: their source, their words in both languages, and how they become SVG."""
