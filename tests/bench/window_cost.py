#!/usr/bin/env python3
"""What the window costs a training: the same run with the window (under Xvfb) and twice in the terminal, in turns.

Three programs train at once, of which two are always stopped (SIGSTOP): each works for a few seconds, then the next.
A machine that grows slower or faster does so for all three, and what a step had done when its program was stopped is
not lost to it. A round is so many turns that each has worked for --seconds. Told are

- the CPU time of the window's thread, of its other threads beyond those of the terminal's program and of the X
  server, as shares of a core: what the window takes, nearly whatever else the machine does;
- the CPU time of all threads for a step, with the window over without: that, and what the training itself does more
  because somebody watches (the probe text, the rank of latents), and waits longer;
- steps per second, with the window over without: the promise is below 1 %. The two in the terminal are held against
  each other as well: what is no difference at all shows how small a difference can be seen.

A window that was stopped looks at once when it goes on: a look for each turn more than a user's.

With --undisturbed the programs work one after the other instead, each by itself and never stopped, and told is what
held up the training as the kernel and the run itself account for it, whatever speed the machine has meanwhile:

- waited: how long the threads that train could have run and had no core, all of them together;
- stalled: what lay between steps (time.json), which are mostly the pictures of the model for those who watch.

While one thread waits the others soon do so, too. So what is lost by waiting is at most the sum of what both grow by
with the window, and it is their sum only where no two threads wait at once and none had time to spare. What a window
costs while nobody waits for it, by caches and memory that both use, is in the CPU time of a step alone.

Each with the mean of the rounds and its interval of 95 % (t).
SPDX-License-Identifier: GPL-3.0-or-later
"""
import argparse
import contextlib
import json
import math
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

# Of Student's t, two sides, 95 %, by degrees of freedom; beyond, the normal distribution's 1.96 plus what is left.
STUDENT = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
           2.120, 2.110, 2.101, 2.093, 2.086]
PROMISE = 0.01  # of the training's throughput
ACCOUNT_EVERY = 10  # seconds, as core/session/training_run.cpp writes time.json
TICK = os.sysconf("SC_CLK_TCK")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default="build/release/bin", help="folder of triptych and triptych-studio")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20, help="that each program works in a round")
    parser.add_argument("--turn", type=float, default=4, help="seconds until the next one works")
    parser.add_argument("--warm", type=float, default=8, help="seconds of each that are not counted")
    parser.add_argument("--undisturbed", action="store_true", help="account for what holds the training up; take --seconds 60")
    parser.add_argument("--screen", default="1280x800")
    parser.add_argument("--json", action="store_true", help="a line of JSON for each round and one for the summary")
    args = parser.parse_args()
    if args.rounds < 1 or not args.turn > 0 or not args.seconds > 0 or args.warm < 0:
        parser.error("expected at least one round, and seconds and turns longer than nothing")
    if args.undisturbed and args.seconds < ACCOUNT_EVERY:
        parser.error(f"a run tells what lay between its steps every {ACCOUNT_EVERY} seconds: take --seconds 60")
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


def threads_of(process):
    """Of each thread by its number, seconds: on a core, and ready to run without one; nanoseconds exact."""
    seconds = {}
    for task in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(OSError):  # it is gone
            worked, waited, _ = (task / "schedstat").read_text().split()
            seconds[int(task.name)] = (int(worked) * 1e-9, int(waited) * 1e-9)
    return seconds


def account_of(folder):
    """Seconds between steps, and of all that the run was not held for nothing; as of the last ten seconds."""
    with contextlib.suppress(OSError, ValueError, KeyError):
        seconds = json.loads((Path(folder) / "time.json").read_text())["seconds"]
        return seconds["stall"], sum(seconds.values()) - seconds["idle"]
    return 0.0, 0.0


@dataclass
class Measured:
    """Of one program in one round."""
    rate: float           # steps per second
    cpu_a_step: float     # seconds of all threads
    window: float = 0.0   # of a core: the process's first thread
    helpers: float = 0.0  # of a core: threads that neither train nor draw
    server: float = 0.0   # of a core: the X server
    waited: float = 0.0   # of the time: threads that train and have no core, one by one
    stalled: float = 0.0  # of the time: between steps


class Training:
    """A program that trains a run, and how long it was let."""

    def __init__(self, command, find_folder, server=None, environment=None):
        self.server = server
        self.worked = 0.0
        self.drawn = 0.0
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.folder = self.awaited(find_folder)
            self.awaited(lambda: steps_of(self.folder) >= 3)
        except BaseException:
            self.end()
            raise
        self.process.send_signal(signal.SIGSTOP)

    def awaited(self, what):
        patience = time.monotonic() + 120
        while not (found := what()):
            if self.process.poll() is not None or time.monotonic() > patience:
                raise SystemExit(f"no step of a training came, exit {self.process.poll()}")
            time.sleep(0.005)
        return found

    def work(self, seconds, to_a_step=False):
        """to_a_step: until the database has more, which is written in batches: half a batch is a percent of a round."""
        drawn, began = cpu_of_process(self.server.pid), time.monotonic()
        self.process.send_signal(signal.SIGCONT)
        time.sleep(seconds)
        if to_a_step:
            before = steps_of(self.folder)
            self.awaited(lambda: steps_of(self.folder) != before)
        self.process.send_signal(signal.SIGSTOP)
        self.worked += time.monotonic() - began
        self.drawn += cpu_of_process(self.server.pid) - drawn

    def so_far(self):
        return (self.worked, steps_of(self.folder), cpu_of_process(self.process.pid), threads_of(self.process.pid),
                self.drawn, account_of(self.folder))

    def measured_since(self, before):
        began, first, cpu, threads, drawn, (stall, all_of_it) = before
        ended, last, cpu_after, threads_after, drawn_after, (stall_after, all_after) = self.so_far()
        took, steps = ended - began, max(1, last - first)
        grown = {thread: [now - then for now, then in zip(seconds, threads.get(thread, (0.0, 0.0)))]
                 for thread, seconds in threads_after.items()}
        # Those that train are far busier than any other, however many there are.
        trains = max((worked for worked, _ in grown.values()), default=0.0) / 3
        window = grown[self.process.pid][0]
        helpers = sum(worked for thread, (worked, _) in grown.items()
                      if worked < trains and thread != self.process.pid)
        waited = sum(waited for worked, waited in grown.values() if worked >= trains)
        stalled = (stall_after - stall) / (all_after - all_of_it) if all_after > all_of_it else math.nan
        drawing = drawn_after - drawn
        return Measured((last - first) / took, (cpu_after - cpu + drawing) / steps, window / took, helpers / took,
                        drawing / took, waited / took, stalled)

    def end(self):
        self.process.terminate()
        self.process.send_signal(signal.SIGCONT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def terminal(args, folder, server):
    """The same training as the demo's."""
    return Training([f"{args.bin}/triptych", "train", "--model", "tiny", "--data", "builtin:mixed", "--set",
                     "eval_every=50", "--run", str(folder)], lambda: folder, server)


def window(args, home, display, server):
    """The demo, which trains the model "tiny" as soon as the window is there."""
    environment = dict(os.environ, DISPLAY=display, QT_QPA_PLATFORM="xcb", HOME=str(home), XDG_DATA_HOME=str(home),
                       XDG_CONFIG_HOME=str(home))
    return Training([f"{args.bin}/triptych-studio", "--demo"],
                    lambda: next((found.parent for found in home.glob("triptych/runs/*/metrics.sqlite")), None), server,
                    environment)


def interval(values):
    """Mean and half the width of its interval of 95 %; infinite for a single value, or where some are not known."""
    if not all(map(math.isfinite, values)):
        return math.nan, math.inf
    mean = statistics.fmean(values)
    if len(values) < 2:
        return mean, math.inf
    freedom = len(values) - 1
    t = STUDENT[freedom - 1] if freedom <= len(STUDENT) else 1.96 + 2.4 / freedom
    return mean, t * statistics.stdev(values) / math.sqrt(len(values))


def differences(window_run, one, other):
    """Of one round: the window against the terminal, and the terminal against itself."""
    rate, cpu = (one.rate + other.rate) / 2, (one.cpu_a_step + other.cpu_a_step) / 2
    def more(of, than):
        return {"waited": of.waited - statistics.fmean([run.waited for run in than]),
                "stalled": of.stalled - statistics.fmean([run.stalled for run in than])}
    held, held_floor = more(window_run, [one, other]), more(other, [one])
    return {"lost": 1 - window_run.rate / rate, "cpu": window_run.cpu_a_step / cpu - 1,
            "floor": 1 - other.rate / one.rate, "cpu_floor": other.cpu_a_step / one.cpu_a_step - 1,
            "held_up": sum(held.values()), "held_up_floor": sum(held_floor.values())} | held


def finite(numbers):
    """As JSON has them: what is not known is null."""
    if isinstance(numbers, dict):
        return {name: finite(value) for name, value in numbers.items()}
    if isinstance(numbers, (list, tuple)):
        return [finite(value) for value in numbers]
    return numbers if math.isfinite(numbers) else None


def verdict(lost, floor, rounds):
    """Of a loss and what is found where there is none, each a mean and half its interval."""
    mean, half = lost
    if mean + half < PROMISE:
        return f"below {PROMISE:.0%}"
    if mean - half > PROMISE:
        return f"above {PROMISE:.0%}"
    if not math.isfinite(half):
        return f"not told from {PROMISE:.0%}: one round, or one that is not known"
    # Half of the promise is what one would want to tell from it.
    needed = math.ceil(rounds * (half / (PROMISE / 2)) ** 2)
    return (f"not told from {PROMISE:.0%} by {rounds} rounds of such noise (off against off ±{floor[1]:.1%}); "
            f"about {needed} would")


def summary(rounds, windows, terminals, args):
    found = {key: interval([each[key] for each in rounds]) for key in rounds[0]}
    shares = {name: interval([getattr(run, name) for run in windows]) for name in ("window", "helpers", "server")}
    # The terminal's program writes its run aside, too.
    also = statistics.fmean([run.helpers for run in terminals])
    shares["helpers"] = (shares["helpers"][0] - also, shares["helpers"][1])
    if args.json:
        print(json.dumps({"summary": finite(found | shares)}))
        return

    def told(pair):
        return f"{pair[0]:+.2%} ±{pair[1]:.2%}"
    print(f"of a core: the window's thread {told(shares['window'])}, its other threads {told(shares['helpers'])}, "
          f"the X server {told(shares['server'])}")
    print(f"CPU time of a step: {told(found['cpu'])} with the window; off against off {told(found['cpu_floor'])}")
    print(f"steps per second: {told(found['lost'])} lost to the window; off against off {told(found['floor'])}")
    lost, floor, least = found["lost"], found["floor"], ""
    if args.undisturbed:
        lost, floor, least = found["held_up"], found["held_up_floor"], " by waiting"
        print(f"of the time: threads that train wait {told(found['waited'])} longer, {told(found['stalled'])} more "
              f"between steps: {told(lost)} at most; off against off {told(floor)}")
    print(f"the loss{least} is {verdict(lost, floor, len(rounds))}")


def in_turns(begins, args):
    """Rounds of three measured programs, which live to the end and work in turns."""
    with contextlib.ExitStack() as ending:
        trainings = []
        for begin in begins:
            trainings.append(begin(""))
            ending.callback(trainings[-1].end)
        for training in trainings:
            training.work(args.warm, to_a_step=True)
        turns = max(1, round(args.seconds / args.turn))
        for _ in range(args.rounds):
            before = [training.so_far() for training in trainings]
            for turn in range(turns):
                # Whoever comes first is last in the next turn.
                for training in trainings if turn % 2 == 0 else reversed(trainings):
                    training.work(args.turn, to_a_step=turn == turns - 1)
            yield [training.measured_since(then) for training, then in zip(trainings, before)]


def undisturbed(begins, args):
    """Rounds of three measured programs, which live one after the other."""
    for number in range(args.rounds):
        measured = []
        for begin in begins:
            with contextlib.ExitStack() as ending:
                training = begin(f"-{number}")
                ending.callback(training.end)
                training.work(args.warm, to_a_step=True)
                before = training.so_far()
                training.work(args.seconds, to_a_step=True)
                measured.append(training.measured_since(before))
        yield measured


def main():
    args = arguments()
    display = f":{90 + os.getpid() % 900}"
    server = subprocess.Popen(["Xvfb", display, "-screen", "0", f"{args.screen}x24"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    rounds, windows, terminals = [], [], []
    # Else programs that are stopped would be left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with contextlib.ExitStack() as ending:
        ending.callback(server.wait)
        ending.callback(server.terminate)
        temporary = Path(ending.enter_context(tempfile.TemporaryDirectory()))
        begins = (lambda mark: terminal(args, temporary / f"one{mark}", server),
                  lambda mark: window(args, temporary / f"home{mark}", display, server),
                  lambda mark: terminal(args, temporary / f"other{mark}", server))
        for one, watched, other in (undisturbed if args.undisturbed else in_turns)(begins, args):
            rounds.append(differences(watched, one, other))
            windows.append(watched)
            terminals += [one, other]
            if args.json:
                runs = {"terminal": [vars(one), vars(other)], "window": vars(watched)}
                print(json.dumps(finite(rounds[-1] | {"load": os.getloadavg()[0]} | runs)), flush=True)
                continue
            if args.undisturbed:
                print(f"waited terminal {one.waited:.2%}, window {watched.waited:.2%}, terminal {other.waited:.2%}; "
                      f"stalled {one.stalled:.2%}, {watched.stalled:.2%}, {other.stalled:.2%}", flush=True)
            print(f"steps/s terminal {one.rate:.2f}, window {watched.rate:.2f}, terminal {other.rate:.2f}: "
                  f"{rounds[-1]['lost']:+.1%} lost; CPU time of a step {rounds[-1]['cpu']:+.1%}; "
                  f"window {watched.window:.2%} of a core; load {os.getloadavg()[0]:.1f}", flush=True)
    summary(rounds, windows, terminals, args)


if __name__ == "__main__":
    main()
