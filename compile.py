"""Compiles the modules of indexer/extract/ to C, beside their source: `make fast`. The same records in three quarters of the time.

mypyc, which is a part of mypy, reads the same typed source that runs without it: there is no second implementation. Needs a C compiler and this
Python's headers, and a minute and a half; without them exits with 2 and says what to install (`--where-possible`: says so, and exits with 0).
`make plain` removes what this made; compiled modules older than their source are never used (indexer/extract/compiled.py).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import sys
import sysconfig
from pathlib import Path

FOLDER = Path("indexer") / "extract"
# evidence.py has an expression that mypyc cannot compile yet, and no part in extraction; the other two decide what is compiled.
NOT_COMPILED = ("__init__.py", "compiled.py", "evidence.py")


def missing() -> str:
    """What this machine lacks for compiling, as an instruction; "" if nothing."""
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler '{compiler}': install one (Debian: apt install gcc), or name it: CC=/path/to/cc"
    if not (Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return f"the headers of {sys.executable} are missing: install them (Debian: apt install python3.11-dev)"
    return ""


def build() -> None:
    """Writes the compiled modules; raises SystemExit where the compiler refuses."""
    from mypyc.build import mypycify
    from setuptools import setup

    paths = sorted(str(path) for path in FOLDER.glob("*.py") if path.name not in NOT_COMPILED)
    # -O2: with -O1 it compiles in four fifths of the time, and extraction takes a twentieth more.
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said):  # of each expression that it makes a list of
            extensions = mypycify(paths, only_compile_paths=paths, opt_level="2", debug_level="0", group_name="indexer.extract.compiled")
    except SystemExit:
        print(said.getvalue(), file=sys.stderr)
        raise
    for extension in extensions:  # a newer compiler's new warning is no reason to refuse
        extension.extra_compile_args = [option for option in extension.extra_compile_args if option != "-Werror"]
    setup(name="baocao-compiled", packages=[], ext_modules=extensions, script_args=["--quiet", "build_ext", "--inplace"])
    for path in FOLDER.glob("*.so"):
        path.touch()  # what had not to be made anew is as new as its source too


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--where-possible", action="store_true", help="a machine that cannot compile is no error")
    options = parser.parse_args()
    os.chdir(Path(__file__).parent)
    if lack := missing():
        print(f"extraction is not compiled, its source runs as it is: {lack}", file=sys.stderr)
        return 0 if options.where_possible else 2
    print("compiling indexer/extract (a minute or two)", file=sys.stderr)
    build()
    return 0


if __name__ == "__main__":
    sys.exit(main())
