# Runs triptych bench and the PyTorch baseline in turns and prints both medians and their ratio.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python compare.py [--triptych PROGRAM] [--python PYTHON] [--model NAME]... [--rounds N] [--only train|decode]
       [--precision f32|bf16]... [--compile] [--as-installed]

A row of training is one precision, and "best" the fastest of each side whatever its precision; decoding is batch 1.
The two programs never run at once: every round measures Triptych, then PyTorch, the next one the other way round, and a
ratio is the median of the ratios inside the rounds: a machine that becomes slower in between does little harm to it.
PyTorch runs eagerly, with --compile also compiled; the faster one of a round counts. With --as-installed it gets no
setting but the threads. Exits with 1 when nothing could be compared. PYTHON needs PyTorch 2.x, or 1.13 without
--compile, this file only the standard library.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PRECISIONS = ("f32", "bf16")


@dataclass
class Row:
    """One line of the table: tokens per second of each round."""

    triptych: list[float] = field(default_factory=list)
    pytorch: list[float] = field(default_factory=list)

    def add(self, ours: float, theirs: float) -> None:
        self.triptych.append(ours)
        self.pytorch.append(theirs)

    def text(self) -> str:
        ratios = [a / b for a, b in zip(self.triptych, self.pytorch)]
        ours, theirs, ratio = map(statistics.median, (self.triptych, self.pytorch, ratios))
        return f"{ours:12,.0f} {theirs:12,.0f} {ratio:7.2f}x   {min(ratios):.2f} to {max(ratios):.2f}"


def run(command: list[str]) -> dict | None:
    """The last line of what the command prints, parsed; None, and a word on stderr, when it failed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        if done.returncode == 0:
            found = json.loads(done.stdout)
            return found if found["tokens_per_second"] > 0 else None
    except (ValueError, KeyError, TypeError):
        done.stderr = f"no JSON with tokens_per_second: {done.stdout[:200]}"
    said = done.stderr.strip().splitlines()
    print(f"left out: {' '.join(command)}: {' / '.join(said[-2:]) or done.returncode}", file=sys.stderr)
    return None


class Sides:
    """How each of the two is asked for one measurement. What failed once is not asked again."""

    def __init__(self, arguments: argparse.Namespace):
        self.arguments = arguments
        self.failed: set[tuple[str, ...]] = set()

    def speed(self, command: list[str]) -> float | None:
        key = tuple(command)
        if key in self.failed:
            return None
        found = run(command)
        if found is None:
            self.failed.add(key)
        return found and found["tokens_per_second"]

    def triptych(self, mode: str, model: str, precision: str) -> float | None:
        a = self.arguments
        command = [str(a.triptych), "bench", mode, "--model", model, "--precision", precision]
        return self.speed([*command, "--threads", str(a.threads), "--json"])

    def pytorch(self, mode: str, model: str, precision: str) -> float | None:
        a = self.arguments
        command = [a.python, str(HERE / "pytorch_baseline.py"), mode, "--model", model, "--precision", precision]
        command += ["--threads", str(a.threads), "--steps", str(a.steps), "--seconds", str(a.seconds)]
        command += ["--allocator", a.allocator] if a.allocator else []
        command += ["--as-installed"] if a.as_installed else []
        variants = [command, [*command, "--compile"]] if a.compile else [command]
        found = [speed for variant in variants if (speed := self.speed(variant))]
        return max(found, default=None)


def measure(sides: Sides, mode: str, model: str, arguments: argparse.Namespace) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    precisions = arguments.precision or PRECISIONS
    for number in range(arguments.rounds):
        found: dict[str, dict[str, float]] = {"triptych": {}, "pytorch": {}}
        for precision in precisions:
            for side in ("triptych", "pytorch") if number % 2 == 0 else ("pytorch", "triptych"):
                if speed := getattr(sides, side)(mode, model, precision):
                    found[side][precision] = speed
        ours, theirs = found["triptych"], found["pytorch"]
        for precision in precisions:
            if precision in ours and precision in theirs:
                rows.setdefault(f"{precision} / {precision}", Row()).add(ours[precision], theirs[precision])
        if ours and theirs:
            if mode == "train":
                rows.setdefault("best / best", Row()).add(max(ours.values()), max(theirs.values()))
            elif "bf16" in ours and "f32" in theirs:
                rows.setdefault("bf16 / f32", Row()).add(ours["bf16"], theirs["f32"])
    return rows


def busy_machine() -> str | None:
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    return f"other work keeps {load:.1f} of {cores} cores busy: absolute figures will be low" if load > 0.3 else None


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n", 1)[0].removeprefix("Usage: "))
    parser.add_argument("--triptych", type=Path, default=ROOT / "build/release/bin/triptych")
    parser.add_argument("--python", default=sys.executable, help="a Python that has PyTorch 2.x or 1.13")
    parser.add_argument("--model", action="append", help="a preset, several times for several; default bench-s")
    parser.add_argument("--only", choices=["train", "decode"])
    parser.add_argument("--precision", action="append", choices=PRECISIONS,
                        help="default both; bf16 is slow on a CPU that does not multiply it")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=10, help="PyTorch's timed steps in a round, or texts")
    parser.add_argument("--seconds", type=float, default=30.0, help="or as many as fit this time")
    parser.add_argument("--allocator", help="library that PyTorch gets as its malloc; without it what the system has")
    parser.add_argument("--compile", action="store_true", help="try torch.compile beside eager PyTorch")
    parser.add_argument("--as-installed", action="store_true", help="PyTorch without the settings that make it faster")
    arguments = parser.parse_args()
    if not arguments.triptych.is_file():
        raise SystemExit(f"{arguments.triptych}: no such program; build it, or name another with --triptych")
    if warning := busy_machine():
        print(warning, file=sys.stderr)
    sides, compared = Sides(arguments), False
    print(f"{'model':10} {'mode':7} {'precision':12} {'Triptych':>12} {'PyTorch':>12} {'ratio':>8}   of the rounds")
    for model in arguments.model or ["bench-s"]:
        for mode in [arguments.only] if arguments.only else ["train", "decode"]:
            for name, row in measure(sides, mode, model, arguments).items():
                compared = True
                print(f"{model:10} {mode:7} {name:12} {row.text()}", flush=True)
    sys.exit(0 if compared else 1)


if __name__ == "__main__":
    main()
