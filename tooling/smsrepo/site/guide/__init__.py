"""The guide: texts for people, and the reference written from the code."""
