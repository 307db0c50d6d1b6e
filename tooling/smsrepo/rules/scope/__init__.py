"""Rules about the scope of the management system and the duties that bind it (clauses 1.2 and 4.5.2)."""
