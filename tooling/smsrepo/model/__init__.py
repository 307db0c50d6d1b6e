"""Frozen data: what an SMS repository holds, without files, git or a clock."""
