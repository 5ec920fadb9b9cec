"""Find and read what was handed in, in any encoding, version and kind of folder."""
