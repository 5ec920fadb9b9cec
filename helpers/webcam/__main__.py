"""Lets `python -m helpers.webcam` start the program."""

import sys

from helpers.webcam.command import main

if __name__ == "__main__":
    sys.exit(main())
