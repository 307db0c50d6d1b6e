"""Rules about processes that other parties operate (clause 4.2)."""
