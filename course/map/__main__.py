"""Draw the map."""

import sys

from course.map import main

if __name__ == "__main__":
    sys.exit(main())
