"""Rules about budgeting and accounting for services (clause 6.4)."""
