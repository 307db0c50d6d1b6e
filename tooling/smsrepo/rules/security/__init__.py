"""Rules about information security (clause 6.6)."""
