"""Compile the page's fast convolution, explorables/arithmetic/network/kernel.c, for WebAssembly.

    python -m helpers.networks.page_kernel

Writes kernel_bytes.js beside it, which is kept, so that only who changes the source needs clang and
lld (on Debian: apt-get install clang lld). `--check` compiles nothing and tells whether the bytes
were made of the source as it stands.
"""

import argparse
import base64
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from helpers import ROOT
from helpers.data.whole_files import write_whole

FOLDER = ROOT / "explorables" / "arithmetic" / "network"
SOURCE, BYTES = FOLDER / "kernel.c", FOLDER / "kernel_bytes.js"
OPTIONS = ["--target=wasm32", "-Os", "-msimd128", "-ffreestanding", "-nostdlib", "-Wl,--no-entry",
           "-Wl,--import-memory", "-Wl,--strip-all", "-Wl,-z,stack-size=1024"]


def tool(name: str) -> str:
    """Find a program, also under the name that Debian gives it, such as clang-14."""
    names = [name, *(f"{name}-{version}" for version in range(25, 12, -1))]
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise SystemExit(f"expected the program {name}; on Debian: apt-get install clang lld")
    return found


def digest() -> str:
    """Name the source as it stands."""
    return hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:16]


def compiled() -> bytes:
    """Compile the source."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "kernel.wasm")
        subprocess.run([tool("clang"), *OPTIONS, f"-fuse-ld={tool('wasm-ld')}", str(SOURCE),
                        "-o", str(output)], check=True)
        return output.read_bytes()


def is_current() -> bool:
    """Tell whether the bytes that are kept were made of the source as it stands."""
    return digest() in BYTES.read_text(encoding="utf-8")


def main() -> None:
    """Write the bytes, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        raise SystemExit(0 if is_current() else f"{BYTES.name} is older than {SOURCE.name}")
    code = compiled()
    write_whole(BYTES, f"// Made of kernel.c, {digest()}, by "
                "`python -m helpers.networks.page_kernel`.\n\n"
                f'export const KERNEL = "{base64.b64encode(code).decode()}";\n')
    print(f"{BYTES.relative_to(ROOT)}: {len(code):,} bytes of WebAssembly")


if __name__ == "__main__":
    main()
