"""Rules about changes (clause 9.2)."""
