#!/usr/bin/env python3
"""What the window costs a training: the same run with the window (under Xvfb) and in the terminal, in turns.

A round is a run with the window between two runs in the terminal, or one in the terminal between two with the window;
beginnings and ends change from round to round, so that a machine that grows slower or faster favours neither. Told are

- the CPU time of the window's thread, of its other threads beyond those of the terminal's program and of the X
  server, as shares of a core: what the window takes, nearly whatever else the machine does;
- the CPU time of all threads for a step, with the window over without: that, and what the training itself does more
  because somebody watches (the probe text, the rank of latents), and waits longer;
- steps per second, with the window over without: the promise is below 1 %. Only on a quiet machine do they tell more
  than how noisy it is, so two runs in the terminal are held against each other as well: what is no difference at all
  shows how small a difference can be seen.

Each with the mean of the rounds and its interval of 95 % (t). Under a load of others believe the first alone.
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import contextlib
import json
import math
import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

# Of Student's t, two sides, 95 %, by degrees of freedom; beyond, the normal distribution's 1.96 plus what is left.
STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
           2.120, 2.110, 2.101, 2.093, 2.086]
PROMISE = 0.01  # of the training's throughput
TICK = os.sysconf("SC_CLK_TCK")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release/bin", help="folder of triptych and triptych-studio")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=15, help="of each run, without its start")
    parser.add_argument("--warm", type=float, default=4, help="seconds that are not counted")
    parser.add_argument("--screen", default="1280x800")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each round and one for the summary")
    args = parser.parse_args()
    for program in ("triptych", "triptych-studio"):
        if not os.access(Path(args.bin) / program, os.X_OK):
            parser.error(f"no {program} in {args.bin}: build it, or name its folder by --bin")
    if not shutil.which("Xvfb"):
        parser.error("no Xvfb here: apt-get install xvfb")
    return args


def steps_of(folder):
    """The newest step in the run's database."""
    if not (Path(folder) / "metrics.sqlite").exists():
        return 0
    with contextlib.closing(sqlite3.connect(f"file:{folder}/metrics.sqlite?mode=ro", uri=True)) as database:
        loss = "select id from metrics where name = 'loss'"
        try:
            return database.execute(f"select max(step) from samples where metric = ({loss})").fetchone()[0] or 0
        except sqlite3.OperationalError:  # its tables are still to come
            return 0


def cpu_of_process(process):
    """Seconds of user and system time of all threads, those that are gone too."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def cpu_of_threads(process):
    """Seconds of each thread, by its number; nanoseconds exact."""
    seconds = {}
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):  # it is gone
            seconds[int(task.name)] = int((task / "schedstat").read_text().split()[0]) * 1e-9
    return seconds


@dataclass
class Measured:
    """Of one run."""
    rate: float           # steps per second
    cpu_a_step: float     # seconds of all threads
    window: float = 0.0   # of a core: the process's first thread
    helpers: float = 0.0  # of a core: threads that neither train nor draw
    server: float = 0.0   # of a core: the X server


def measured(process, folder, args, server=None):
    patience = time.monotonic() + 120
    while steps_of(folder) < 3:
        if process.poll() is not None or time.monotonic() > patience:
            raise SystemExit(f"no training began, exit {process.poll()}")
        time.sleep(0.1)
    time.sleep(args.warm)

    def now():
        """As soon as the database has more: it is written in batches, and half a batch is a percent of the steps."""
        before, patience = steps_of(folder), time.monotonic() + 120
        while (newest := steps_of(folder)) == before:
            if process.poll() is not None or time.monotonic() > patience:
                raise SystemExit(f"the training ended, exit {process.poll()}")
            time.sleep(0.005)
        return (time.monotonic(), newest, cpu_of_process(process.pid), cpu_of_threads(process.pid),
                cpu_of_process(server.pid) if server else 0.0)

    began, first, cpu, threads, drawn = now()
    time.sleep(args.seconds)
    ended, last, cpu_after, threads_after, drawn_after = now()
    took, steps = ended - began, max(1, last - first)
    grown = {thread: seconds - threads.get(thread, 0.0) for thread, seconds in threads_after.items()}
    window = grown.pop(process.pid, 0.0)
    # Those that train are far busier than any other, however many there are.
    trains = max(grown.values(), default=0.0) / 3
    helpers = sum(seconds for seconds in grown.values() if seconds < trains)
    return Measured((last - first) / took, (cpu_after - cpu + drawn_after - drawn) / steps, window / took,
                    helpers / took, (drawn_after - drawn) / took)


def stop(process):
    process.terminate()
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
        return measured(process, folder, args)
    finally:
        stop(process)


def window(args, folder, display, server):
    """The demo, which trains the model "tiny" as soon as the window is there."""
    home = folder.parent / f"{folder.name}-home"
    environment = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", HOME=str(home), XDG_DATA_HOME=str(home),
                       XDG_CONFIG_HOME=str(home))
    process = subprocess.Popen([f"{args.bin}/triptych-studio", "--demo"], env=environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        patience = time.monotonic() + 120
        while not (begun := list(home.glob("triptych/runs/*/metrics.sqlite"))):
            if process.poll() is not None or time.monotonic() > patience:
                raise SystemExit(f"no demo began, exit {process.poll()}")
            time.sleep(0.1)
        return measured(process, begun[0].parent, args, server)
    finally:
        stop(process)


def interval(values):
    """Mean and half the width of its interval of 95 %; infinite for a single value."""
    mean = statistics.fmean(values)
    if len(values) < 2:
        return mean, math.inf
    freedom = len(values) - 1
    t = STUDENT[freedom - 1] if freedom <= len(STUDENT) else 1.96 + 2.4 / freedom
    return mean, t * statistics.stdev(values) / math.sqrt(len(values))


def differences(order, runs):
    """Of one round: the window against the terminal, and the terminal against itself; each the lone run against the
    mean of its neighbours."""
    lone = runs[1]
    mean_rate = (runs[0].rate + runs[2].rate) / 2
    mean_cpu = (runs[0].cpu_a_step + runs[2].cpu_a_step) / 2
    if order[1] == "window":
        return {"lost": 1 - lone.rate / mean_rate, "cpu": lone.cpu_a_step / mean_cpu - 1,
                "floor": 1 - runs[2].rate / runs[0].rate, "cpu_floor": runs[2].cpu_a_step / runs[0].cpu_a_step - 1}
    return {"lost": 1 - mean_rate / lone.rate, "cpu": mean_cpu / lone.cpu_a_step - 1}


def verdict(lost, floor, rounds):
    mean, half = lost
    if mean + half < PROMISE:
        return f"below {PROMISE:.0%}"
    if mean - half > PROMISE:
        return f"above {PROMISE:.0%}"
    if not math.isfinite(half):
        return f"not told from {PROMISE:.0%} by one round"
    # Half of the promise is what one would want to tell from it.
    needed = math.ceil(rounds * (half / (PROMISE / 2)) ** 2)
    return (f"not told from {PROMISE:.0%} by {rounds} rounds of such noise (off against off ±{floor[1]:.1%}); "
            f"about {needed} would")


def summary(rounds, windows, terminals, args):
    def of(key):
        return interval([each[key] for each in rounds if key in each])
    lost, cpu, floor, cpu_floor = of("lost"), of("cpu"), of("floor"), of("cpu_floor")
    shares = {name: interval([getattr(run, name) for run in windows]) for name in ("window", "helpers", "server")}
    # The terminal's program writes its run aside, too.
    also = statistics.fmean([run.helpers for run in terminals])
    shares["helpers"] = (shares["helpers"][0] - also, shares["helpers"][1])
    if args.json:
        finite = {name: [number if math.isfinite(number) else None for number in pair] for name, pair in
                  ({"lost": lost, "floor": floor, "cpu_a_step": cpu, "cpu_floor": cpu_floor} | shares).items()}
        print(json.dumps({"summary": finite}))
        return

    def told(pair):
        return f"{pair[0]:+.2%} ±{pair[1]:.2%}"
    print(f"of a core: the window's thread {told(shares['window'])}, its other threads {told(shares['helpers'])}, "
          f"the X server {told(shares['server'])}")
    print(f"CPU time of a step: {told(cpu)} with the window; off against off {told(cpu_floor)}")
    print(f"steps per second: {told(lost)} lost to the window; off against off {told(floor)}")
    print(f"the loss is {verdict(lost, floor, len(rounds))}")


def main():
    args = arguments()
    display = f":{90 + os.getpid() % 900}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{args.screen}x24"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    rounds, windows, terminals = [], [], []
    try:
        with tempfile.TemporaryDirectory() as temporary:
            for number in range(args.rounds):
                # Two of three rounds have the pair of runs without a window that shows the noise.
                order = ["window", "terminal", "window"] if number % 3 == 2 else ["terminal", "window", "terminal"]
                runs = []
                for place, what in enumerate(order):
                    folder = Path(temporary) / f"{number}-{place}-{what}"
                    runs.append(window(args, folder, display, server) if what == "window" else terminal(args, folder))
                rounds.append(differences(order, runs))
                windows += [run for what, run in zip(order, runs) if what == "window"]
                terminals += [run for what, run in zip(order, runs) if what == "terminal"]
                if args.json:
                    print(json.dumps(rounds[-1] | {"order": order, "load": os.getloadavg()[0],
                                                   "runs": [vars(run) for run in runs]}), flush=True)
                    continue
                rates = ", ".join(f"{what} {run.rate:.2f}" for what, run in zip(order, runs))
                print(f"steps/s {rates}: {rounds[-1]['lost']:+.1%} lost; CPU time of a step {rounds[-1]['cpu']:+.1%}; "
                      f"window {windows[-1].window:.2%} of a core; load {os.getloadavg()[0]:.1f}", flush=True)
    finally:
        server.terminate()
        server.wait()
    summary(rounds, windows, terminals, args)


if __name__ == "__main__":
    main()
