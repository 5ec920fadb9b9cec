"""A class that a test plays: its hand-ins as a platform names them, and what came of them."""

import csv
import json
import os
from datetime import datetime

from course.grade.running.runner import Graded
from helpers.exercises import chapter
from tests.course.grade.hand_in import filled

ROSTER = ("Identifier,Full name,Email address,ID number\n"
          "Participant 11,Jane Doe,jane@uni.example,S1\n"
          "Participant 12,김민수,minsu@uni.example,S2\n"
          "Participant 13,=1+1,formula@uni.example,S3\n"
          "Participant 14,Absent Student,absent@uni.example,S4\n")


def roster(folder, text=ROSTER):
    path = folder / "roster.csv"
    path.write_text(text, encoding="utf-8")
    return path


def put(folder, name, answers, moment=None):
    """A notebook of chapter 1 with these answers, handed in at a moment."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(filled(answers)), encoding="utf-8")
    if moment:
        stamp = datetime.fromisoformat(moment).timestamp()
        os.utime(path, (stamp, stamp))
    return path


def graded(name, number=1, *, right=(), regrade=(), digest="0" * 64):
    """What a grader gives: right in these exercises, open in all others."""
    outcomes = {}
    for one in chapter(number).exercises:
        status = "right" if one.id in right else "regrade" if one.id in regrade else "open"
        outcomes[one.id] = {"status": status, "share": float(status == "right"), "message": ""}
    return Graded(name, number, outcomes, digest=digest)


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
