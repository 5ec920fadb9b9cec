"""The book to take away: a PDF and an EPUB, made from the pages of the built site."""
