"""The window (floor 4): the only package that knows Qt. docs/architecture.md maps it."""
