"""Rules about incidents (clause 8.1)."""
