"""What `import helpers` sees to first: whose these are, and two libraries in one process."""
