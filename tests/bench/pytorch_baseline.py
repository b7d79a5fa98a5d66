# Measures how fast PyTorch trains and decodes the models of the benchmark: what Triptych is compared with.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python pytorch_baseline.py train|decode --model PRESET [options], or --check CHECKPOINT --tokens "1 2 3"

Prints one line of JSON. Training is a full step: forward, backward, MTP (lambda 0.3), clipping to norm 1, fused AdamW
(decay on matrices only), update of the routers' biases. The balance loss is left out: PyTorch has that much less to do.
Batches are skewed like those of `triptych bench`: half of all tokens among an eighth of the vocabulary, and 7 of 10
followed by their favourite. A text to decode is 32 tokens of prompt, not timed, and 128 new ones.
--check prints the losses of a Triptych checkpoint: the main one is that of `triptych eval --tokens "1 2 3"`.

Settings that PyTorch gets, tried on bench-s with two threads on a shared machine, most of them in single runs:
- set_float32_matmul_precision("medium") sends f32 products to oneDNN instead of MKL: on AMD a product is twice as fast,
  a step about a fifth, and the error as small where the processor has no narrower format for it. `--products auto`
  checks the error and takes "highest" where "medium" would not be f32 any more.
- oneDNN may keep 16,384 products of different shapes; subnormal numbers are flushed (set, not measured).
- tcmalloc or jemalloc is preloaded where the system has one (a tenth faster; --allocator PATH names another, "glibc"
  none); glibc is told to keep what is freed. No gain was seen from its huge pages and from binding the threads.
- --compile: each block by itself with static shapes (training), or the whole step with frozen weights (decoding).
- --experts: own loop over the experts or torch.nn.functional.grouped_mm, which is as fast.
--as-installed leaves these away: allocator, products of f32, subnormal numbers and AdamW are what PyTorch takes by
itself. PyTorch 1.13, Debian 12's, runs too, without --compile (pytorch_older.py).
Nothing here is right while other programs run: PyTorch's threads wait for each other by spinning, and a step can take
ten times as long.
"""

import argparse
import json
import os
import statistics
import sys
import time
from ctypes.util import find_library
from pathlib import Path

HERE = Path(__file__).resolve().parent
PRESETS = HERE.parent.parent / "resources/model_presets"
TOKENS_PER_STEP = 4096
PROMPT, NEW = 32, 128


def found_allocator() -> str:
    """The first of the well-known libraries that the dynamic linker finds, or glibc."""
    return next(filter(None, map(find_library, ("tcmalloc_minimal", "tcmalloc", "jemalloc"))), "glibc")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n", 1)[0].removeprefix("Usage: "))
    parser.add_argument("mode", nargs="?", choices=["train", "decode"])
    parser.add_argument("--model", default="bench-s", help="a preset, or the path of a config.json")
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--experts", choices=["loop", "grouped_mm"], default="loop")
    parser.add_argument("--products", choices=["auto", "highest", "medium"], help="of f32; without it auto, see above")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=10, help="timed steps, or texts; fewer when --seconds are over")
    parser.add_argument("--warm-up", type=int, default=3, help="steps, or texts, before those")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--batch", type=int, help="sequences; without it as many as make 4096 tokens")
    parser.add_argument("--allocator", help="library to preload, or glibc for none; without it what is found")
    parser.add_argument("--as-installed", action="store_true", help="no setting but the threads")
    parser.add_argument("--profile", action="store_true", help="train: also print the operators of one step to stderr")
    parser.add_argument("--check", type=Path, metavar="CHECKPOINT")
    parser.add_argument("--tokens", default="1 2 3 5 8 13 21 34 55 89 144 233 377")
    arguments = parser.parse_args()
    if (arguments.mode is None) == (arguments.check is None):
        parser.error("give a mode, train or decode, or --check CHECKPOINT")
    if arguments.as_installed and (arguments.allocator or arguments.products or arguments.compile):
        parser.error("--as-installed takes no setting: leave out --allocator, --products and --compile")
    arguments.allocator = arguments.allocator or ("glibc" if arguments.as_installed else found_allocator())
    arguments.products = arguments.products or ("highest" if arguments.as_installed else "auto")
    return arguments


def prepare_process(arguments: argparse.Namespace) -> None:
    """What must be in the environment before the process starts; starts it again when something is not."""
    wanted = {
        "OMP_NUM_THREADS": str(arguments.threads),
    }
    if arguments.as_installed:
        os.environ |= wanted  # read when torch is loaded
        return
    wanted |= {
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "16384",
        "LRU_CACHE_CAPACITY": "16384",
    }
    if arguments.allocator != "glibc":
        wanted["LD_PRELOAD"] = arguments.allocator
        wanted["MALLOC_CONF"] = "thp:always,dirty_decay_ms:-1,muzzy_decay_ms:-1"
    else:
        wanted |= {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 36), "MALLOC_TOP_PAD_": str(1 << 26)}
    missing = {name: value for name, value in wanted.items() if name not in os.environ}
    if missing:
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | missing)


ARGUMENTS = parse()
prepare_process(ARGUMENTS)

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from torch import Tensor  # noqa: E402

import pytorch_older  # noqa: E402, F401  # before the model
import pytorch_model  # noqa: E402
from pytorch_decoder import Decoder  # noqa: E402
from pytorch_model import Model, load_checkpoint  # noqa: E402

DTYPES = {"f32": torch.float32, "bf16": torch.bfloat16}


def choose_products(wanted: str) -> str:
    """Sets how f32 products are computed and returns its name."""
    torch.set_float32_matmul_precision("medium" if wanted == "auto" else wanted)
    if wanted == "auto":
        a, b = torch.randn(256, 512), torch.randn(512, 256)
        if (a @ b - (a.double() @ b.double())).abs().max() > 1e-3:
            wanted = "highest"
            torch.set_float32_matmul_precision(wanted)
        else:
            wanted = "medium"
    return wanted


def read_config(model: str) -> dict:
    path = Path(model) if Path(model).is_file() else PRESETS / f"{model}.json"
    if not path.is_file():
        raise SystemExit(f"{model}: no such preset, and no such file; see {PRESETS}")
    c = json.loads(path.read_text())
    supported = {
        "q_lora_rank": bool(c.get("q_lora_rank")),
        "num_nextn_predict_layers": c.get("num_nextn_predict_layers") == 1,
        "n_shared_experts": bool(c.get("n_shared_experts")),
        "rope_scaling": not c.get("rope_scaling"),
        "scoring_func": c.get("scoring_func") == "sigmoid",
        "tie_word_embeddings": not c.get("tie_word_embeddings"),
    }
    if wrong := [key for key, good in supported.items() if not good]:
        raise SystemExit(f"{path}: this comparison has no model with {', '.join(f'{k} = {c.get(k)}' for k in wrong)}")
    return c


class Texts:
    """Low ids are frequent, and most tokens are followed by a favourite of theirs."""

    def __init__(self, vocabulary: int):
        self.vocabulary, self.random = vocabulary, torch.Generator().manual_seed(1)
        self.favourites = self.draw(vocabulary)

    def draw(self, *shape: int) -> Tensor:
        return (torch.rand(shape, generator=self.random) ** 3 * self.vocabulary).long()

    def batch(self, count: int, length: int) -> Tensor:
        tokens, faithful = self.draw(count, length), torch.rand(count, length, generator=self.random) < 0.7
        for t in range(1, length):
            tokens[:, t] = torch.where(faithful[:, t], self.favourites[tokens[:, t - 1]], tokens[:, t])
        return tokens


class Training:
    def __init__(self, c: dict, arguments: argparse.Namespace):
        self.model, self.dtype = Model(c), DTYPES[arguments.precision]
        self.length = min(c["max_position_embeddings"], TOKENS_PER_STEP)
        self.batch = arguments.batch or TOKENS_PER_STEP // self.length
        self.texts = Texts(c["vocab_size"])
        parameters = list(self.model.parameters())
        matrices = [p for p in parameters if p.dim() > 1]
        gains = [p for p in parameters if p.dim() == 1]
        groups = [{"params": matrices, "weight_decay": 0.1}, {"params": gains, "weight_decay": 0.0}]
        # 1.13 fuses the update on GPUs alone.
        fused = {} if arguments.as_installed or torch.__version__.startswith("1.") else {"fused": True}
        self.optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.95), eps=1e-8, **fused)
        if arguments.compile:
            for block in self.model.blocks:
                block.compile(dynamic=False)
            self.model.loss = torch.compile(self.model.loss, dynamic=False)

    def new_batch(self) -> Tensor:
        return self.texts.batch(self.batch, self.length + 2)

    def step(self, tokens: Tensor) -> Tensor:
        """Returns the main loss. The biases move by the finished step's loads."""
        self.optimizer.zero_grad(set_to_none=True)
        main, mtp, loads = self.model(tokens, self.dtype)
        (main + 0.3 * mtp).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        with torch.no_grad():
            self.model.update_biases(loads, 1e-3)
        return main


def repeat(once, arguments: argparse.Namespace) -> list[float]:
    """Seconds of each timed call."""
    for _ in range(arguments.warm_up):
        once()
    seconds: list[float] = []
    while len(seconds) < arguments.steps and (not seconds or sum(seconds) < arguments.seconds):
        seconds.append(once())
    return seconds


def train(c: dict, arguments: argparse.Namespace) -> dict:
    training = Training(c, arguments)
    losses = []

    def once() -> float:
        tokens = training.new_batch()
        begin = time.perf_counter()
        losses.append(training.step(tokens).item())
        return time.perf_counter() - begin

    step = statistics.median(seconds := repeat(once, arguments))
    if arguments.profile:
        with torch.profiler.profile() as profile:
            once()
        print(profile.key_averages().table(sort_by="self_cpu_time_total", row_limit=25), file=sys.stderr)
    return {
        "tokens_per_second": training.batch * training.length / step,
        "step_ms": step * 1e3,
        "steps": len(seconds),
        "loss": losses[-1],
    }


def decode(c: dict, arguments: argparse.Namespace) -> dict:
    """step_ms is that of one token."""
    decoder = Decoder(Model(c), DTYPES[arguments.precision], PROMPT + NEW, arguments.compile)
    write = decoder
    if arguments.compile:
        import torch._inductor.config as inductor

        inductor.freezing = inductor.cpp_wrapper = True
        write = torch.compile(decoder, dynamic=False)
    prompt = Texts(c["vocab_size"]).batch(1, PROMPT)[0]
    positions = torch.arange(PROMPT + NEW).split(1)

    def once() -> float:
        for i in range(PROMPT):
            token, _ = write(prompt[i : i + 1], positions[i], 0 if arguments.compile else i + 1)
        begin = time.perf_counter()
        for i in range(PROMPT, PROMPT + NEW):
            token, _ = write(token, positions[i], 0 if arguments.compile else i + 1)
            token.item()  # whoever shows the text reads it
        return (time.perf_counter() - begin) / NEW

    with torch.no_grad():  # inference_mode keeps inductor from freezing
        seconds = repeat(once, arguments)
    token = statistics.median(seconds)
    return {"tokens_per_second": 1 / token, "step_ms": token * 1e3, "texts": len(seconds)}


@torch.no_grad()
def check(arguments: argparse.Namespace) -> dict:
    """Losses of the tokens in every form: as trained, and decoded one by one."""
    from safetensors.torch import load_file

    c = read_config(arguments.check / "config.json")
    files = sorted(arguments.check.glob("model*.safetensors"))
    model, dtype = Model(c), DTYPES[arguments.precision]
    load_checkpoint(model, {name: value for file in files for name, value in load_file(file).items()})
    tokens = torch.tensor([[int(t) for t in arguments.tokens.split()]])
    if not 3 <= tokens.numel() <= c["max_position_embeddings"]:
        raise SystemExit(f"{tokens.numel()} tokens: give 3 to {c['max_position_embeddings']}")
    # The main model predicts all but the first token, the MTP module all but the first two.
    main = model(torch.cat([tokens, tokens[:, :1]], 1), dtype)[0]
    mtp = model(tokens, dtype)[1]
    decoder = Decoder(model, dtype, tokens.numel(), False)
    rows = [decoder(tokens[0, i : i + 1], torch.tensor([i]), i + 1)[1] for i in range(tokens.numel() - 1)]
    decoded = F.cross_entropy(torch.cat(rows).float(), tokens[0, 1:])
    return {"tokens": tokens.numel(), "loss": main.item(), "mtp_loss": mtp.item(), "decoded_loss": decoded.item()}


def main() -> None:
    if ARGUMENTS.compile and not hasattr(torch, "compile"):
        raise SystemExit(f"PyTorch {torch.__version__} cannot compile, 2.0 can: leave out --compile")
    torch.manual_seed(1)
    torch.set_num_threads(ARGUMENTS.threads)
    if not ARGUMENTS.as_installed:
        torch.set_flush_denormal(True)
    products = choose_products(ARGUMENTS.products)
    if ARGUMENTS.experts == "grouped_mm":
        pytorch_model.grouped_linear = lambda x, w, ends: F.grouped_mm(x, w.mT, offs=ends.int())
    if ARGUMENTS.check:
        print(json.dumps(check(ARGUMENTS)))
        return
    what = {
        "mode": ARGUMENTS.mode,
        "model": ARGUMENTS.model,
        "precision": ARGUMENTS.precision,
        "compile": ARGUMENTS.compile,
        "threads": ARGUMENTS.threads,
    }
    measured = (train if ARGUMENTS.mode == "train" else decode)(read_config(ARGUMENTS.model), ARGUMENTS)
    settings = {
        "experts": ARGUMENTS.experts,
        "products": products,
        "allocator": ARGUMENTS.allocator,
        "as_installed": ARGUMENTS.as_installed,
    }
    print(json.dumps(what | measured | {"torch": torch.__version__} | settings))


if __name__ == "__main__":
    main()
