"""smsrepo: an ISO/IEC 20000-1 service management system as a git repository."""

__version__ = "0.1.0"
