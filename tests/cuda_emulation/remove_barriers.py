#!/usr/bin/env python3
"""Removes every barrier of the CUDA kernels in turn and asks the check build whether it notices.

    tests/cuda_emulation/remove_barriers.py [scratch folder]

Works on a copy of the sources. Prints one line a barrier: what noticed it, or MISSED. Ends with 1 when one was missed.
SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BARRIER = re.compile(r"\b__sync(threads|warp)\(\);")


def build(copy, check=True):
    command = ["cmake", "--build", copy / "build", "--target", "cuda_check_test"]
    return subprocess.run(command, capture_output=True, text=True, check=check)


def prepare(copy):
    for name in ("CMakeLists.txt", "cmake", "kernels", "tests"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / name)
    subprocess.run(["cmake", "-S", copy, "-B", copy / "build", "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                    "-DTRIPTYCH_BUILD_STUDIO=OFF", "-DTRIPTYCH_CUDA=OFF"], check=True, capture_output=True)
    build(copy)


def test(copy):
    """What a run under two orders of the threads notices, or nothing."""
    for schedule in ("forward", "random"):
        run = subprocess.run([copy / "build/bin/cuda_check_test", "--gtest_filter=*CudaF32", "--gtest_brief=1",
                              "--gtest_fail_fast"],
                             cwd=copy / "tests", capture_output=True, text=True,
                             env={**os.environ, "CUDA_EMULATION_SCHEDULE": schedule})
        found = re.search(r"CUDA emulation: (.*)", run.stdout)
        if found:
            return found.group(1)[:150]
        if run.returncode != 0:
            return "a wrong result or a crash"
    return ""


def main():
    copy = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp())
    copy.mkdir(parents=True, exist_ok=True)
    prepare(copy)
    if noise := test(copy):
        sys.exit(f"the kernels as they are: {noise}")
    noticed = total = 0
    for file in sorted((copy / "kernels/cuda").glob("*.*")):
        text = file.read_text()
        for barrier in BARRIER.finditer(text):
            total += 1
            place = f"{file.name}:{text.count(chr(10), 0, barrier.start()) + 1}"
            file.write_text(text[:barrier.start()] + ";" + text[barrier.end():])
            build(copy)
            finding = test(copy)
            noticed += bool(finding)
            print(f"{place:22} {barrier.group(0):18} {finding or 'MISSED'}", flush=True)
        file.write_text(text)
    print(f"{noticed} of {total} removed barriers were noticed")
    sys.exit(noticed != total)


if __name__ == "__main__":
    main()
