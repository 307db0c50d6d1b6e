"""Pages of records, and of what is to be done: actions, dates, the calendar."""
