"""Rules about services, agreements and measurements (clause 6.1)."""
