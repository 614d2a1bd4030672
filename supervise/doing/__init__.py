"""What a person does with the store, one module for each group of things (floor 3).

`diary` books and moves, `writing` writes up, shares and signs, `staff` keeps people and their posts,
`rules` compares policies, `looking` gathers what a page shows. Each class takes `here.Here`: the open
store, who is doing it, and what today is.
"""
