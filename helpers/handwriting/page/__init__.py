"""Find the digits of a page, join their pieces, and read them whichever way up the page lies."""
