"""Rules about what is told to whom (clauses 4.1.1 and 4.3.2)."""
