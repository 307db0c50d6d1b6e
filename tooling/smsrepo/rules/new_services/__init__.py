"""Rules about new, changed and removed services (clause 5)."""
