"""Rules about settings: roles, assignments, waivers."""
