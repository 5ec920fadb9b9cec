"""What of a cell's outputs is stored: results, not the noise of the run that made them."""

from __future__ import annotations

import re

import nbformat

from helpers.data.numbers.spans import DIFFERS

# What libraries say on the error stream as they start, and progress bars: neither is a result.
# The stored outputs keep anything else on that stream, and a test then refuses it.
NOISE = re.compile(r"(^\s*$|\d+%\||\bepoch/s|\bit/s|/epoch\]|s/it|batch/s|absl::InitializeLog"
                   r"|^[IW]\d{4} |^E\d{4} .*cuda_"
                   r"|^\d{4}-\d\d-\d\d .*: [IWE] |oneDNN|rebuild TensorFlow)")

# Lines about the network of the machine that ran a notebook, which is no reader's.
NETWORK = re.compile(r"^.* could not be downloaded: .*\n?", re.MULTILINE)

# A widget lives as long as its kernel; what else its output holds is what is left of it.
WIDGET = "application/vnd.jupyter.widget-view+json"


def kept(outputs: list[nbformat.NotebookNode], count: int) -> list[nbformat.NotebookNode]:
    """Return the outputs that are stored, of the cell with this count."""
    merged = merge_streams([clean(output, count) for output in outputs if not noise(output)])
    return [output for output in merged if output.output_type != "stream" or output.text]


def noise(output: nbformat.NotebookNode) -> bool:
    """Whether an output is progress bars and start-up messages, or compares with an older text."""
    if output.get("metadata", {}).get("course") == DIFFERS:
        return True
    if WIDGET in output.get("data", {}) and "text/html" not in output.data:
        return True  # a progress bar
    return (output.output_type == "stream" and output.name == "stderr"
            and all(NOISE.search(line) for line in re.split(r"[\r\n]", output.text)))


def merge_streams(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join the pieces in which a cell's printed text happened to arrive."""
    merged: list[nbformat.NotebookNode] = []
    for output in outputs:
        if (merged and output.output_type == merged[-1].output_type == "stream"
                and output.name == merged[-1].name):
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def clean(output: nbformat.NotebookNode, count: int) -> nbformat.NotebookNode:
    """An output without the counter of the session that made it, and without its network."""
    if "execution_count" in output:
        output.execution_count = count
    output.get("data", {}).pop(WIDGET, None)
    if output.output_type == "stream":
        output.text = NETWORK.sub("", output.text)
    return output
