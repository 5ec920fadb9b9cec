"""Write the exercises into the notebooks: `python -m course.exercises`."""
