"""Rules about people: who holds which role, what they are able to do, what they know (clauses 4.1 and 4.4)."""
