"""Rules about customers: definitions, complaints, satisfaction (clause 7.1)."""
