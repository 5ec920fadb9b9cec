"""The book in another language: its sources, put together from catalogues, and its site."""
