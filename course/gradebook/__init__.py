"""From marks to a class: who handed in what, one row a student, feedback, and what to look at."""
