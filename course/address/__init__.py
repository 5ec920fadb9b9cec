"""The address of the course: one command writes it wherever the course points to itself."""
