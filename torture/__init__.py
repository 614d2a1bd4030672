"""Trying to destroy what Supervise keeps: kills, full disks, damage, bad files, hostile words.

Each part is a module with a function `run(folder, count, seed, say) -> Found`. `python -m torture` runs them and
writes the table in docs/reliability.md.
"""
