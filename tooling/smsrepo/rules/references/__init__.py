"""Rules about references between artefacts and to people and roles."""
