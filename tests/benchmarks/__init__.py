"""Measurements, each by a command of its own; no test."""
