"""The network that reads photographs, and how well it and the webcam program read."""
