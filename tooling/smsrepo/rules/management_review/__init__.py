"""Rules about management reviews (clause 4.5.4.3)."""
