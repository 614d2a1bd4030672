"""One module for each group of dialogs."""
