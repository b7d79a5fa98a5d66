# Writes the reference cases of the main model: what transformers' DeepseekV3ForCausalLM computes, in float64.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python make_reference.py [--out FOLDER] [CASE...]"""

import argparse
import json
import math
import shutil
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import DeepseekV3Config, DeepseekV3ForCausalLM

import hf_float64
import mtp_reference

BATCH = 2
MIN_MARGIN = 5e-5  # gap of every routing decision; far above what F32 rounding can turn
AGREEMENT = 1e-10  # between transformers and mtp_reference.py, both in float64

COMMON = {
    "vocab_size": 67,
    "hidden_size": 36,
    "intermediate_size": 44,
    "moe_intermediate_size": 12,
    "num_hidden_layers": 3,
    "num_attention_heads": 3,
    "n_routed_experts": 8,
    "n_shared_experts": 1,
    "n_group": 1,
    "topk_group": 1,
    "num_experts_per_tok": 2,
    "first_k_dense_replace": 1,
    "q_lora_rank": 20,
    "kv_lora_rank": 20,
    "qk_nope_head_dim": 12,
    "qk_rope_head_dim": 8,
    "v_head_dim": 10,
    "max_position_embeddings": 128,
    "num_mtp_layers": 0,  # written as num_nextn_predict_layers
}
YARN = {
    "rope_type": "yarn",
    "rope_theta": 10000.0,
    "factor": 40.0,
    "original_max_position_embeddings": 4096,
    "beta_fast": 32,
    "beta_slow": 1,
    "mscale": 1.0,
    "mscale_all_dim": 1.0,
}
LONG = {"qk_rope_head_dim": 16, "max_position_embeddings": 163840, "num_hidden_layers": 2}

# Per case: what differs from COMMON; "length" and "bias" (mean, spread of the expert biases) are not part of the model.
CASES: dict[str, dict] = {
    "qlora": {},
    "no_qlora": {
        "q_lora_rank": None,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "norm_topk_prob": False,
        "routed_scaling_factor": 1.25,
        "rope_parameters": {"rope_type": "default", "rope_theta": 500.0},
    },
    "groups": {
        "n_routed_experts": 16,
        "n_group": 4,
        "topk_group": 2,
        "num_experts_per_tok": 4,
        "num_hidden_layers": 2,
        "bias": (-3.0, 0.3),
    },
    "shared_experts": {"n_shared_experts": 3, "n_routed_experts": 6, "num_experts_per_tok": 3, "num_hidden_layers": 2},
    "yarn": {**LONG, "rope_parameters": YARN, "length": 48},
    "yarn_mscale": {**LONG, "rope_parameters": YARN | {"mscale": 1.0, "mscale_all_dim": 0.707}},
    "experts256": {
        "vocab_size": 64,
        "hidden_size": 32,
        "moe_intermediate_size": 4,
        "num_hidden_layers": 2,
        "n_routed_experts": 256,
        "n_group": 8,
        "topk_group": 4,
        "num_experts_per_tok": 8,
        "bias": (0.0, 0.2),
    },
    "dense": {"first_k_dense_replace": 2, "num_hidden_layers": 2},
    "tied": {"tie_word_embeddings": True, "num_hidden_layers": 2},
}


def fill(model: DeepseekV3ForCausalLM, bias: tuple[float, float], seed: int) -> None:
    """Random weights under which every layer matters: unit-variance products, uneven norms, wide router scores."""
    generator = torch.Generator().manual_seed(seed)

    def normal(like: Tensor, spread: float, mean: float = 0.0) -> Tensor:
        return mean + spread * torch.randn(like.shape, generator=generator)

    tensors = dict(model.named_parameters()) | dict(model.named_buffers())
    with torch.no_grad():
        for name, tensor in sorted(tensors.items()):
            if name.endswith("e_score_correction_bias"):
                tensor.copy_(normal(tensor, bias[1], bias[0]))
            elif tensor.dim() == 1 and name.endswith("norm.weight"):
                tensor.copy_(normal(tensor, 0.2, 1.0))
            elif name.endswith("embed_tokens.weight"):
                tensor.copy_(normal(tensor, 0.5))
            elif tensor.dim() >= 2:
                gain = 2.0 if name.endswith("mlp.gate.weight") else 1.0
                tensor.copy_(normal(tensor, gain * tensor.shape[-1] ** -0.5))


def evaluate(folder: Path, tokens: Tensor) -> dict[str, Tensor]:
    """Logits, loss and every gradient by transformers in float64, from the saved F32 file."""
    model = hf_float64.load(folder)
    logits = model(tokens, use_cache=False).logits
    loss = F.cross_entropy(logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    loss.backward()
    result = {"logits": logits.detach(), "loss": loss.detach().reshape(1)}
    return result | {f"grad.{name}": grad for name, grad in hf_float64.gradients(model).items()}


def evaluate_independently(folder: Path, tokens: Tensor) -> tuple[dict[str, Tensor], dict[int, mtp_reference.Route]]:
    """The same by mtp_reference.py, and the routes."""
    config = json.loads((folder / "config.json").read_text())
    weights = {name: value.double() for name, value in load_file(folder / "model.safetensors").items()}
    for name, value in weights.items():
        value.requires_grad_(not name.endswith("e_score_correction_bias"))
    out = mtp_reference.forward(config, weights, tokens)
    loss = F.cross_entropy(out.logits[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    loss.backward()
    result = {"logits": out.logits.detach(), "loss": loss.detach().reshape(1)}
    return result | mtp_reference.gradients(weights), out.routes


def largest_difference(a: dict[str, Tensor], b: dict[str, Tensor]) -> float:
    if a.keys() != b.keys():
        raise SystemExit(f"names differ: {sorted(a.keys() ^ b.keys())}")
    return max((a[name] - b[name]).abs().max().item() for name in a)


def stored(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """As the files hold them: floats rounded once to F32, integers as I64."""
    rounded = {name: t.to(torch.float32) if t.is_floating_point() else t for name, t in sorted(tensors.items())}
    return {name: t.contiguous().clone() for name, t in rounded.items()}


def routes_as_tensors(routes: dict[int, mtp_reference.Route]) -> dict[str, Tensor]:
    """The chosen experts of each layer, [B, T, K] in rising order."""
    return {f"experts.{layer}": route.chosen.sort(-1).values for layer, route in routes.items()}


def make_case(name: str, out: Path) -> None:
    spec = dict(CASES[name])
    length, bias = spec.pop("length", 24), spec.pop("bias", (0.0, 0.2))
    fields = COMMON | spec
    config = DeepseekV3Config(**fields, num_key_value_heads=fields["num_attention_heads"])
    folder = out / name
    shutil.rmtree(folder, ignore_errors=True)
    for seed in range(1, 100):
        model = DeepseekV3ForCausalLM(config)
        fill(model, bias, seed)
        model.save_pretrained(folder)
        tokens = torch.randint(config.vocab_size, (BATCH, length), generator=torch.Generator().manual_seed(seed))
        own, routes = evaluate_independently(folder, tokens)
        margin = min((route.margin for route in routes.values()), default=math.inf)
        if margin >= MIN_MARGIN:
            break
    else:
        raise SystemExit(f"{name}: no seed keeps all routing decisions apart")

    with hf_float64.group_mask(-math.inf):
        reference = evaluate(folder, tokens)
    difference = largest_difference(reference, own)
    if difference > AGREEMENT:
        raise SystemExit(f"{name}: transformers and mtp_reference.py differ by {difference:.1e}")
    with hf_float64.group_mask(0.0):
        zero_mask = (evaluate(folder, tokens)["logits"] - reference["logits"]).abs().max().item()
    save_file(stored({"input_ids": tokens} | reference | routes_as_tensors(routes)), folder / "reference.safetensors")
    loss, spread = reference["loss"].item(), reference["logits"].std().item()
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(
        f"{name:16} seed {seed:2}  loss {loss:.4f}  logits std {spread:.2f}  margin {margin:.0e}  "
        f"own {difference:.0e}  mask 0.0 off by {zero_mask:.2g}  {size / 1e6:.2f} MB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.removeprefix("Usage: "))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write the cases to")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"default: all of {', '.join(CASES)}")
    arguments = parser.parse_args()
    hf_float64.compute_in_float64()
    print(f"the installed transformers masks unchosen groups with {hf_float64.mask_value_of_unchosen_groups()}")
    for name in arguments.cases or CASES:
        make_case(name, arguments.out)


if __name__ == "__main__":
    main()
