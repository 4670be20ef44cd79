"""Fills the archive and keeps the index in step with it: crawling, importing, cleaning, the pipeline."""
