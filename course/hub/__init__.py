"""A JupyterHub on this machine: the course handed out, read in the browser, handed in."""
