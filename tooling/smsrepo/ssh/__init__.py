"""OpenSSH keys and signatures, read and verified in this process."""
