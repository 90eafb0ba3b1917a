"""What an office keeps: actions in, records and registers out; the only package that speaks SQL."""
