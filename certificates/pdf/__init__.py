"""The certificate on paper: layout (values to marks), drawing (marks to a page), the press (pages to signed files)."""
