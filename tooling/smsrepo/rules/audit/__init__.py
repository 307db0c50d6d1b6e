"""Rules about internal audits, nonconformities and actions (clauses 4.5.4 and 4.5.5)."""
