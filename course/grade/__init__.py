"""Marks for a folder of notebooks that were handed in: `python -m course.grade FOLDER`."""
