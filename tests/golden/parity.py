# Runs the triptych program against transformers in both directions and prints a table.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python parity.py [--triptych PROGRAM] [--presets FOLDER] [--golden FOLDER] [--max-parameters N]

  init -> transformers     triptych writes a fresh checkpoint, transformers reads it: every preset that is small enough,
                           and every configuration of the reference cases
  transformers -> triptych triptych reads a file of the reference cases and must find the stored logits
Exits with 1 when a row fails. This is a check by hand: it needs Python, see README.md.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from safetensors.torch import load_file

from check_against_transformers import Comparison, compare, largest_difference
from make_mtp_reference import shapes_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LENGTH = 24


class Failed(Exception):
    """triptych refused or stopped; the text is what it said."""


def call(program: Path, *arguments: object) -> None:
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).strip() or "nothing said"
        raise Failed(f"{arguments[0]} exits with {done.returncode}: {said}")


def write_logits(program: Path, checkpoint: Path, tokens: list[int], out: Path) -> None:
    call(program, "eval", "--checkpoint", checkpoint, "--tokens", " ".join(map(str, tokens)), "--logits", out)


def init_then_transformers(program: Path, model: str | Path, scratch: Path) -> Comparison:
    checkpoint, logits = scratch / "checkpoint", scratch / "logits.safetensors"
    call(program, "init", "--model", model, "--seed", 1, "--out", checkpoint)
    vocabulary = json.loads((checkpoint / "config.json").read_text())["vocab_size"]
    tokens = torch.randint(vocabulary, (LENGTH,), generator=torch.Generator().manual_seed(1)).tolist()
    write_logits(program, checkpoint, tokens, logits)
    return compare(checkpoint, tokens, logits)


def transformers_then_triptych(program: Path, case: Path, scratch: Path) -> Comparison:
    """Each sequence of the case. Training cases hold targets beyond the inputs: one more token gives the MTP logits."""
    reference, logits = load_file(case / "reference.safetensors"), scratch / "logits.safetensors"
    expected, ahead = reference["logits"], reference.get("mtp_logits.1")
    length = expected.shape[1]
    result = Comparison(0.0, None, expected.abs().max().item())
    for row, tokens in enumerate(reference.get("input_ids", reference.get("tokens"))):
        write_logits(program, case, tokens[: length + (ahead is not None)].tolist(), logits)
        found = load_file(logits)
        result.difference = max(result.difference, largest_difference(found["logits"][:length], expected[row]))
        if ahead is not None:
            difference = largest_difference(found["mtp_logits"], ahead[row])
            result.mtp_difference = max(result.mtp_difference or 0.0, difference)
    return result


def presets(folder: Path, limit: float) -> Iterator[tuple[str, str | None]]:
    """Name of each preset, and why it is left out or None."""
    for file in sorted([*folder.glob("*.json"), *folder.glob("*/config.json")]):
        count = sum(math.prod(shape) for shape in shapes_of(json.loads(file.read_text())).values())
        name = file.parent.name if file.name == "config.json" else file.stem
        yield name, f"left out: {count / 1e6:.0f}M parameters" if count > limit else None


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.removeprefix("Usage: "))
    parser.add_argument("--triptych", type=Path, default=ROOT / "build/release/bin/triptych")
    parser.add_argument("--presets", type=Path, default=ROOT / "resources/model_presets")
    parser.add_argument("--golden", type=Path, default=HERE)
    parser.add_argument("--max-parameters", type=float, default=150e6)
    arguments = parser.parse_args()
    if not arguments.triptych.is_file():
        raise SystemExit(f"{arguments.triptych}: no such program; build it, or name another with --triptych")
    ok = True

    def row(name: str, way: str, check: Callable, model: str | Path) -> None:
        nonlocal ok
        with tempfile.TemporaryDirectory() as scratch:
            try:
                result = check(arguments.triptych, model, Path(scratch))
                good, text = result.agrees(), str(result)
            except (Failed, SystemExit, OSError, KeyError) as error:
                good, text = False, f"{type(error).__name__}: {error}"
        ok = ok and good
        print(f"{'ok' if good else 'FAILED':7} {name:18} {way:25} {text}", flush=True)

    for name, left_out in presets(arguments.presets, arguments.max_parameters):
        if left_out:
            print(f"{'-':7} {name:18} {left_out}")
        else:
            row(name, "init -> transformers", init_then_transformers, name)
    for case in sorted(file.parent for file in arguments.golden.glob("*/config.json")):
        row(case.name, "init -> transformers", init_then_transformers, case / "config.json")
        row(case.name, "transformers -> triptych", transformers_then_triptych, case)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
