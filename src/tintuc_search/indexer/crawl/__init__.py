"""Fetching articles from sites and feeds, politely and on a schedule."""
