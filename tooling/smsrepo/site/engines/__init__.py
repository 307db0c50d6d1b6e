"""The programs that turn pages into a site."""
