import subprocess
import sys


def test_checks_start_without_the_large_libraries():
    code = ("import sys, helpers.exercises.checks, helpers.exercises; helpers.exercises.chapter(1);"
            "print([name for name in ('tensorflow', 'torch', 'keras') if name in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
