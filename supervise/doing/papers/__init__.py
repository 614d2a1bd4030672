"""What goes on paper: what each paper is asked with, how it is told from the store, how it is written (floor 3).

`listed.PAPERS` has every paper; window and terminal make what they ask from it, and `press.Press` writes it.
"""
