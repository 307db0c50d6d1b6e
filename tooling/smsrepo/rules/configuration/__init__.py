"""Rules about configuration items, libraries, licences and assets (clause 9.1)."""
