"""Writes of the case room, by noun."""
