#!/usr/bin/env python3
"""What the window costs a training: the same run with the window (under Xvfb) and in the terminal, in turns.

Prints steps per second of both, pair by pair, and the share of a core that the window's own thread takes. The latter is
the honest figure on a machine that others use as well.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import os
import signal
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", default="build/release/bin", help="folder of triptych and triptych-studio")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10, help="of each half of a pair, without the start")
    parser.add_argument("--warm", type=float, default=4, help="seconds that are not counted")
    parser.add_argument("--screen", default="1280x800")
    return parser.parse_args()


def steps_of(folder):
    """The newest step in the run's database."""
    if not (Path(folder) / "metrics.sqlite").exists():
        return 0
    with sqlite3.connect(f"file:{folder}/metrics.sqlite?mode=ro", uri=True) as database:
        loss = "select id from metrics where name = 'loss'"
        try:
            return database.execute(f"select max(step) from samples where metric = ({loss})").fetchone()[0] or 0
        except sqlite3.OperationalError:  # its tables are still to come
            return 0


def cpu_of(process, thread):
    """Seconds of user and system time of one thread."""
    fields = Path(f"/proc/{process}/task/{thread}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measured(process, folder, args):
    """Steps per second, and the share of a core of the process's first thread: the window's, where there is one."""
    patience = time.monotonic() + 60
    while steps_of(folder) < 3:
        if process.poll() is not None or time.monotonic() > patience:
            raise SystemExit(f"no training began, exit {process.poll()}")
        time.sleep(0.1)
    time.sleep(args.warm)
    began, first, cpu = time.monotonic(), steps_of(folder), cpu_of(process.pid, process.pid)
    time.sleep(args.seconds)
    took = time.monotonic() - began
    return (steps_of(folder) - first) / took, (cpu_of(process.pid, process.pid) - cpu) / took


def stop(process):
    process.send_signal(signal.SIGINT)
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def terminal(args, folder):
    """The same training."""
    process = subprocess.Popen([f"{args.bin}/triptych", "train", "--model", "tiny", "--data", "builtin:mixed",
                                "--set", "eval_every=50", "--run", str(folder)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return measured(process, folder, args)[0]
    finally:
        stop(process)


def window(args, folder, display):
    """The demo, which trains the model "tiny" as soon as the window is there."""
    home = folder.parent / f"{folder.name}-home"
    environment = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", HOME=str(home), XDG_DATA_HOME=str(home),
                       XDG_CONFIG_HOME=str(home))
    process = subprocess.Popen([f"{args.bin}/triptych-studio", "--demo"], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        patience = time.monotonic() + 60
        while not (begun := list(home.glob("triptych/runs/*/metrics.sqlite"))):
            if process.poll() is not None or time.monotonic() > patience:
                raise SystemExit(f"no demo began, exit {process.poll()}")
            time.sleep(0.1)
        return measured(process, begun[0].parent, args)
    finally:
        stop(process)


def main():
    args = arguments()
    display = f":{90 + os.getpid() % 900}"
    screen = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{args.screen}x24"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    losses, shares = [], []
    try:
        with tempfile.TemporaryDirectory() as temporary:
            for pair in range(args.pairs):
                halves = {}
                for half in ("window", "terminal") if pair % 2 == 0 else ("terminal", "window"):
                    folder = Path(temporary) / f"{half}{pair}"
                    halves[half] = window(args, folder, display) if half == "window" else terminal(args, folder)
                (with_window, share), without = halves["window"], halves["terminal"]
                losses.append(1 - with_window / without)
                shares.append(share)
                print(f"{with_window:.2f} steps/s with the window, {without:.2f} without: {losses[-1]:+.1%}; "
                      f"its thread took {share:.1%} of a core, load {os.getloadavg()[0]:.1f}", flush=True)
    finally:
        screen.terminate()
        screen.wait()
    print(f"median: {statistics.median(losses):+.1%} steps lost, {statistics.median(shares):.1%} of a core")


if __name__ == "__main__":
    main()
