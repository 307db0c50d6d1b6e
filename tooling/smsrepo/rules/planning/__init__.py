"""Rules about what must exist and what must happen at planned intervals."""
