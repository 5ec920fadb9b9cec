"""Lets `python -m helpers.handwriting.webcam` start the program."""

import sys

from helpers.handwriting.webcam.command import main

if __name__ == "__main__":
    sys.exit(main())
