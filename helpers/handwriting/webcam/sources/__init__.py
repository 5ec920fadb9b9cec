"""What a source of frames can be: a camera, a file, an address, pictures; and what is wrong."""
