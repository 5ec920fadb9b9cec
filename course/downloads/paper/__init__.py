"""The book as a PDF, printed by a browser from one document that holds all pages."""
