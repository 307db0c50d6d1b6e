"""Rules about documents of external origin."""
