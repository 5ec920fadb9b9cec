"""What figures are made of: digits, images, panels, colours, and the checks of what they get."""
