"""Provinces, districts and communes before and since July 2025, and the tables that the extractors read."""
