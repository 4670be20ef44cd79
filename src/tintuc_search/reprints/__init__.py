"""Which articles print the same text: clusters of copies, each with its earliest member."""
