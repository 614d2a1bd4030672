"""Trackers as councils keep them, read without losing or inventing a date (interchange, section 2).

From grids of cells to a `found.Tracker` (what the spreadsheet says, cell by cell), and from that to the
rows of an import plan. Nothing here stores anything or asks a clock.
"""
