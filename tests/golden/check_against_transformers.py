# Compares the logits that triptych wrote for a checkpoint with those of transformers for the same folder.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python check_against_transformers.py CHECKPOINT LOGITS --tokens "1 2 3"

CHECKPOINT is a folder, LOGITS what `triptych eval --checkpoint CHECKPOINT --tokens "1 2 3" --logits LOGITS` wrote.
Loads the folder in an unmodified transformers in F32, prints the largest absolute difference, exits with 1 above 1e-4.
Logits of an MTP module, which transformers' forward() does not compute, are compared with mtp_reference.py in float64.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor

import hf_float64
import mtp_reference

TOLERANCE = 1e-4


@dataclass
class Comparison:
    difference: float  # largest absolute one
    mtp_difference: float | None  # of the first MTP module, where both sides have one
    largest: float  # largest absolute logit

    def agrees(self) -> bool:
        """The tolerance shrinks with logits below 1: a fresh model's are small, and so are its errors."""
        limit = TOLERANCE * min(1.0, self.largest)
        return self.difference <= limit and (self.mtp_difference or 0.0) <= limit

    def __str__(self) -> str:
        mtp = "-" if self.mtp_difference is None else f"{self.mtp_difference:.1e}"
        return f"max abs difference {self.difference:.1e}  mtp {mtp}  largest logit {self.largest:.2f}"


def largest_difference(found: Tensor, expected: Tensor) -> float:
    if found.shape != expected.shape:
        raise SystemExit(f"logits have shape {list(found.shape)}, expected {list(expected.shape)}")
    return torch.nan_to_num((found - expected).abs(), nan=torch.inf).max().item()


def read_weights(folder: Path) -> dict[str, Tensor]:
    """All tensors of the folder's model file or shards, in float64."""
    files = sorted(folder.glob("model*.safetensors"))
    return {name: value.double() for file in files for name, value in load_file(file).items()}


@torch.no_grad()
def compare(folder: Path, tokens: list[int], logits_file: Path) -> Comparison:
    found = load_file(logits_file)
    ids = torch.tensor([tokens])
    expected = hf_float64.load(folder, torch.float32)(ids, use_cache=False).logits[0]
    difference, mtp_difference = largest_difference(found["logits"], expected), None
    config = json.loads((folder / "config.json").read_text())
    if config.get("num_nextn_predict_layers") and "mtp_logits" in found:
        ahead = mtp_reference.forward(config, read_weights(folder), ids, depth=1).mtp_logits[0][0]
        mtp_difference = largest_difference(found["mtp_logits"].double(), ahead)
    return Comparison(difference, mtp_difference, expected.abs().max().item())


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.removeprefix("Usage: "))
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("logits", type=Path)
    parser.add_argument("--tokens", required=True, help='the token ids, as given to triptych: "1 2 3"')
    arguments = parser.parse_args()
    result = compare(arguments.checkpoint, [int(t) for t in arguments.tokens.split()], arguments.logits)
    print(result)
    sys.exit(0 if result.agrees() else 1)


if __name__ == "__main__":
    main()
