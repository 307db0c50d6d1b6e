"""Rules about opportunities for improvement and trend analyses (clause 4.5.5)."""
