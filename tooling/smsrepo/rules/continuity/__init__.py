"""Rules about service continuity and availability (clause 6.3)."""
