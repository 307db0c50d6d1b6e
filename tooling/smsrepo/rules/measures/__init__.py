"""Rules about measures of processes and of the management system (clause 4.5.4.1)."""
