"""Rules about problems, known errors and what helps to resolve incidents (clause 8.2)."""
