"""Follow the printed lines of a page and take them off."""
