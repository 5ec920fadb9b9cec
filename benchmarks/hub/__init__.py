"""What a JupyterHub bears, and what each student on it costs."""
