"""The program as one folder that needs no Python: what goes into it, how it is tried, what it is made of."""
