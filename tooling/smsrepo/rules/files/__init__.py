"""Rules about files: can they be read, do they fit their type, are they where they belong."""
