# Trains the small character model that nanoGPT's README proposes for a CPU, and says how long it took and how good it is.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python nanogpt_recipe.py TEXT [--compile] [--precision f32|bf16] [--threads N] [--steps N] [--seed N]

The recipe: 4 layers, 4 heads, 128 wide, 64 characters of context, batches of 12, 2000 steps, no dropout, AdamW with
learning rate 1e-3 (100 steps of warm-up, a cosine to 1e-4 at the end), betas 0.9 and 0.99, decay 0.1 on matrices,
gradients clipped to norm 1; the last tenth of the text is held out. Its README claims a validation loss of 1.88. The
model is GPT-2's: learned positions, GELU, LayerNorm without biases, tied embeddings.
Prints one line of JSON: seconds of all steps (without start, compilation counted apart, and without evaluation), the
loss of the whole held-out text in windows of 64 characters, in nat per character, and steps per second.
"""

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

LAYERS, HEADS, WIDTH, CONTEXT, BATCH = 4, 4, 128, 64, 12
PEAK, LEAST, WARM_UP = 1e-3, 1e-4, 100


class Layer(nn.Module):
    """Attention and a feed-forward part, both behind a norm and beside the residual stream. x: [B, T, WIDTH]."""

    def __init__(self) -> None:
        super().__init__()
        self.norm_attention = nn.LayerNorm(WIDTH, bias=False)
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH, bias=False)
        self.attended = nn.Linear(WIDTH, WIDTH, bias=False)
        self.norm_feed = nn.LayerNorm(WIDTH, bias=False)
        self.up = nn.Linear(WIDTH, 4 * WIDTH, bias=False)
        self.down = nn.Linear(4 * WIDTH, WIDTH, bias=False)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        b, t, _ = x.shape
        parts = self.query_key_value(self.norm_attention(x)).view(b, t, 3, HEADS, WIDTH // HEADS)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.attended(seen.transpose(1, 2).reshape(b, t, WIDTH))
        return x + self.down(F.gelu(self.up(self.norm_feed(x))))


class CharacterModel(nn.Module):
    def __init__(self, vocabulary: int) -> None:
        super().__init__()
        self.token = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(CONTEXT, WIDTH)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(WIDTH, bias=False)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                into_stream = name.endswith(("attended.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / math.sqrt(2 * LAYERS) if into_stream else 0.02)

    def forward(self, ids: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        """Mean loss of ids [B, T] and what follows them, [B, T]."""
        x = self.token(ids) + self.position.weight[: ids.shape[1]]
        for layer in self.layers:
            x = layer(x)
        logits = F.linear(self.norm(x), self.token.weight)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def learning_rate(step: int, steps: int) -> float:
    if step < WARM_UP:
        return PEAK * (step + 1) / (WARM_UP + 1)
    done = (step - WARM_UP) / max(1, steps - WARM_UP)
    return LEAST + 0.5 * (1 + math.cos(math.pi * min(1.0, done))) * (PEAK - LEAST)


def windows(ids: torch.Tensor, starts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    rows = starts[:, None] + torch.arange(CONTEXT)
    return ids[rows], ids[rows + 1]


@torch.no_grad()
def held_out_loss(model: CharacterModel, ids: torch.Tensor) -> float:
    """Over all of the text but a rest, in windows beside each other."""
    losses = []
    for starts in torch.arange(0, len(ids) - CONTEXT - 1, CONTEXT).split(64):
        losses.append((model(*windows(ids, starts)).item(), len(starts)))
    return sum(loss * count for loss, count in losses) / sum(count for _, count in losses)


def train(arguments: argparse.Namespace, ids: torch.Tensor, vocabulary: int) -> tuple[CharacterModel, float, float]:
    """The trained model, the seconds of its steps, and those that the first step took before (with compilation)."""
    model = CharacterModel(vocabulary)
    matrices = [p for p in model.parameters() if p.dim() == 2]
    others = [p for p in model.parameters() if p.dim() != 2]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": others, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=PEAK, betas=(0.9, 0.99), fused=True)
    step_model = torch.compile(model) if arguments.compile else model
    narrow = torch.autocast("cpu", torch.bfloat16, enabled=arguments.precision == "bf16")

    def loss_of_batch() -> torch.Tensor:
        with narrow:
            return step_model(*windows(ids, torch.randint(len(ids) - CONTEXT - 1, (BATCH,))))

    start = time.perf_counter()
    loss_of_batch().backward()
    model.zero_grad(set_to_none=True)
    first = time.perf_counter() - start
    start = time.perf_counter()
    for step in range(arguments.steps):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step, arguments.steps)
        loss_of_batch().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return model, time.perf_counter() - start, first


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n", 1)[0].removeprefix("Usage: "))
    parser.add_argument("text", type=Path)
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1337)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    text = arguments.text.read_text(encoding="utf-8")
    characters = sorted(set(text))
    number = {character: index for index, character in enumerate(characters)}
    ids = torch.tensor([number[character] for character in text])
    held_out = len(ids) * 9 // 10
    model, seconds, first = train(arguments, ids[:held_out], len(characters))
    found = {
        "seconds": round(seconds, 3),
        "first_pass_seconds": round(first, 3),
        "validation_loss": round(held_out_loss(model, ids[held_out:]), 4),
        "steps": arguments.steps,
        "steps_per_second": round(arguments.steps / seconds, 1),
        "characters_per_second": round(arguments.steps * BATCH * CONTEXT / seconds),
        "parameters": sum(p.numel() for p in model.parameters()),
        "compiled": arguments.compile,
        "precision": arguments.precision,
        "torch": torch.__version__,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
