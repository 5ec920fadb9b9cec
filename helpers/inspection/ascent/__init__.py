"""Make, out of noise, an image that excites a filter."""
