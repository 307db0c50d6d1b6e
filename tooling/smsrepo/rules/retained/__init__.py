"""Rules about records: what stays as it was, how long, and how it goes."""
