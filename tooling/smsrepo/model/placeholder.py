"""What `sms new` writes where a person has to."""

WRITE_HERE = "To be written."
