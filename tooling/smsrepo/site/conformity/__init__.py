"""Pages of requirements, findings and rules."""
