"""nbgrader and Otter beside this course's own grader, on the same hand-ins."""
