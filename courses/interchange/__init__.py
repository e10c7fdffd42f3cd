"""What leaves for other programs and comes back: texts as PO; questions as GIFT and Moodle XML, read as Aiken too.

Pure: no Django. Readers of questions give the canonical form of `docs/content.md`, and codes for what they refuse.
"""
