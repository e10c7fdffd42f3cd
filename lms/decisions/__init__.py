"""The record of a joint decision: a page to print, and a document in duplicate, in English and in Spanish."""
