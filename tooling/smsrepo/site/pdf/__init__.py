"""The same pages on paper."""
