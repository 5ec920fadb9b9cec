"""Run a notebook as a hosted one is run: in a folder of its own."""

from nbclient import NotebookClient

from helpers import ROOT

CHAPTER = ROOT / "notebooks" / "02_padding_and_stride.ipynb"


def run(notebook, folder):
    NotebookClient(notebook, timeout=300, kernel_name="python3",
                   resources={"metadata": {"path": str(folder)}}).execute()
    return notebook
