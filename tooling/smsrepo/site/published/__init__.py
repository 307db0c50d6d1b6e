"""Versions of the site beside each other."""
