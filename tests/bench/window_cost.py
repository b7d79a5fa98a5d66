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
    parser.add_argument("--model", default="tiny", help="preset or config.json")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10, help="of each half of a pair, without the start")
    parser.add_argument("--warm", type=float, default=4, help="seconds that are not counted")
    parser.add_argument("--set", action="append", default=[], help="KEY=VALUE of the training")
    parser.add_argument("--screen", default="1280x800")
    return parser.parse_args()


def steps_of(folder):
    """The newest step in the run's database."""
    with sqlite3.connect(f"file:{folder}/metrics.sqlite?mode=ro", uri=True) as database:
        loss = "select id from metrics where name = 'loss'"
        return database.execute(f"select max(step) from samples where metric = ({loss})").fetchone()[0] or 0


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


def prepared(args, folder):
    """A run of one step that both halves go on with, each in a copy."""
    command = [f"{args.bin}/triptych", "train", "--model", args.model, "--data", "builtin:mixed", "--steps", "1",
               "--run", str(folder)]
    for setting in args.set:
        command += ["--set", setting]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def terminal(args, folder):
    process = subprocess.Popen([f"{args.bin}/triptych", "train", "--resume", str(folder), "--steps", "1000000"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return measured(process, folder, args)[0]
    finally:
        stop(process)


def begin(environment):
    """Presses the key that trains; without a window manager nobody else gives the window the focus."""
    found = ""
    while not found:
        time.sleep(0.5)
        found = subprocess.run(["xdotool", "search", "--name", "riptych"], env=environment, capture_output=True,
                               text=True).stdout
    time.sleep(4)
    for each in found.split():
        subprocess.run(["xdotool", "windowfocus", each], env=environment, stderr=subprocess.DEVNULL)
    subprocess.run(["xdotool", "key", "space"], env=environment, check=True)


def window(args, folder, display):
    environment = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", HOME=str(folder.parent),
                       XDG_CONFIG_HOME=str(folder.parent / "config"))
    process = subprocess.Popen([f"{args.bin}/triptych-studio", "--run", str(folder)], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        begin(environment)
        return measured(process, folder, args)
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
            begun = Path(temporary) / "begun"
            prepared(args, begun)
            for pair in range(args.pairs):
                halves = {}
                for half in ("window", "terminal") if pair % 2 == 0 else ("terminal", "window"):
                    folder = Path(temporary) / f"{half}{pair}"
                    subprocess.run(["cp", "-r", str(begun), str(folder)], check=True)
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
