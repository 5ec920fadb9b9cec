"""What the site says around the text of its pages, and in its scripts."""
