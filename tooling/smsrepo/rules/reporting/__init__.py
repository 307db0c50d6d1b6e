"""Rules about service reports (clause 6.2)."""
