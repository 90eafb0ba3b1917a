"""Files in and out, one module for each outside format and version, over one row vocabulary."""
