"""Editions of the book in other languages: what is translated, and how it is put together."""
