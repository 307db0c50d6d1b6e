"""Rules about records that were disposed of outside the repository (clause 4.3.3)."""
