"""The book as an EPUB 3, which readers of books show in any size of letters."""
