"""For those who make and give the course: notebooks, exercises, handout, grading."""
