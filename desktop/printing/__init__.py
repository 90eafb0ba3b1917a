"""Papers: what they say (papers), how they look (layout), how they leave (pdf)."""
