"""Rules about suppliers and their contracts (clause 7.2)."""
