"""The report to the Executive Steering Committee as a document: figures in, pages out."""
