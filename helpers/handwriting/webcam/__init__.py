"""Hold a handwritten digit before a camera and see it recognised.

    python -m helpers.handwriting.webcam                                    # camera 0, in a window
    python -m helpers.handwriting.webcam --source clip.mp4 --record out.mp4 --log out.csv

Frame by frame: `source` brings a picture, `finding` looks for the digit and reads it, `steadying`
joins what several frames say, `drawing` shows it, and `recording` or `window` passes it on.
"""
