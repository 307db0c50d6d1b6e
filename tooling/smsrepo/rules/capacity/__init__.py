"""Rules about capacity (clause 6.5)."""
