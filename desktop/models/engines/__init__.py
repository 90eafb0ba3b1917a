"""What is peculiar to one database engine: settings, triggers, search index."""
