"""Supervise: how often each worker is supervised, where the gaps are, and why."""

__version__ = "0.1.0"
