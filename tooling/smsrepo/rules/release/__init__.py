"""Rules about releases and their deployment (clause 9.3)."""
