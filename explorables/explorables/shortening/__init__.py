"""Modules for a page: the same program with short names, without comments and room.

Their sources are written for readers; these scripts are for a line that is slow. What a module
exports, or an element has for others, keeps its name: only what stands inside is called otherwise.
It knows the JavaScript of explorables/ and no other: each statement ends with a semicolon.
"""
