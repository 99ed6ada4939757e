"""Faults at named points of a load, a rebuild and a swap."""
