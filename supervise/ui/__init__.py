"""The window (floor 4): the only package that knows Qt. Nothing is in it yet; the command line does the work."""
