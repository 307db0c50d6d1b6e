"""Pages of roles, and of who answers for what."""
