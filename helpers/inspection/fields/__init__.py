"""Which part of the image a cell of a feature map sees."""
