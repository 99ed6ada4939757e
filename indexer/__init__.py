"""Reads, cleans and extracts reports, and keeps them in a search engine."""
