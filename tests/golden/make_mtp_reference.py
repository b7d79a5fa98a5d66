# Writes the training cases: MTP of depth 1 and 2, the softmax router of V2, balance loss, and five steps of AdamW.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python make_mtp_reference.py [--out FOLDER] [CASE...]

Computed by mtp_reference.py in float64, after comparing its logits with transformers', those of MTP with its MtpLayer.
"""

import argparse
import json
import math
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers.modeling_layers import MtpLayer
from transformers.models.deepseek_v3.modeling_deepseek_v3 import DeepseekV3DecoderLayer, DeepseekV3RMSNorm

import hf_float64
import mtp_reference
from make_reference import AGREEMENT, BATCH, MIN_MARGIN, routes_as_tensors, stored
from mtp_reference import Config, Output, Weights

LENGTH = 24
MTP_LAMBDA = 0.3
ALPHA = 0.01  # a hundred times the paper's, so that an error shows
STEPS = 5
LEARNING_RATE = 3e-3
BIAS_RATE = 1e-3
BIAS = "mlp.gate.e_score_correction_bias"

V3: Config = {  # the spelling of DeepSeek's own files
    "architectures": ["DeepseekV3ForCausalLM"],
    "attention_bias": False,
    "attention_dropout": 0.0,
    "aux_loss_alpha": 0.001,
    "bos_token_id": 0,
    "eos_token_id": 1,
    "ep_size": 1,
    "first_k_dense_replace": 1,
    "hidden_act": "silu",
    "hidden_size": 36,
    "initializer_range": 0.02,
    "intermediate_size": 44,
    "kv_lora_rank": 20,
    "max_position_embeddings": 128,
    "model_type": "deepseek_v3",
    "moe_intermediate_size": 8,
    "moe_layer_freq": 1,
    "n_group": 3,
    "n_routed_experts": 12,
    "n_shared_experts": 1,
    "norm_topk_prob": True,
    "num_attention_heads": 3,
    "num_experts_per_tok": 4,
    "num_hidden_layers": 2,
    "num_key_value_heads": 3,
    "num_nextn_predict_layers": 1,
    "pretraining_tp": 1,
    "q_lora_rank": 20,
    "qk_nope_head_dim": 12,
    "qk_rope_head_dim": 8,
    "rms_norm_eps": 1e-06,
    "rope_scaling": None,
    "rope_theta": 10000,
    "routed_scaling_factor": 2.5,
    "scoring_func": "sigmoid",
    "seq_aux": True,
    "tie_word_embeddings": False,
    "topk_group": 2,
    "topk_method": "noaux_tc",
    "torch_dtype": "float32",
    "use_cache": True,
    "v_head_dim": 10,
    "vocab_size": 67,
}
UNGROUPED: Config = {"n_group": 1, "topk_group": 1}
V2_LITE: Config = (
    V3
    | UNGROUPED
    | {  # the shape of DeepSeek-V2-Lite
        "architectures": ["DeepseekV2ForCausalLM"],
        "model_type": "deepseek_v2",
        "max_position_embeddings": 163840,
        "n_shared_experts": 2,
        "norm_topk_prob": False,
        "num_experts_per_tok": 3,
        "num_nextn_predict_layers": 0,
        "q_lora_rank": None,
        "qk_rope_head_dim": 16,
        "rope_scaling": {
            "beta_fast": 32,
            "beta_slow": 1,
            "factor": 40,
            "mscale": 0.707,
            "mscale_all_dim": 0.707,
            "original_max_position_embeddings": 4096,
            "type": "yarn",
        },
        "routed_scaling_factor": 1.5,
        "scoring_func": "softmax",
        "topk_method": "greedy",
    }
)
CASES: dict[str, Config] = {
    "mtp1": V3,
    "mtp2": V3 | UNGROUPED | {"n_routed_experts": 6, "num_experts_per_tok": 2, "num_nextn_predict_layers": 2},
    "softmax": V2_LITE,
}


def block_shapes(c: Config, layer: int) -> dict[str, tuple[int, ...]]:
    """The tensors of one block under their names in it."""
    d, heads, rank = c["hidden_size"], c["num_attention_heads"], c["kv_lora_rank"]
    query = heads * (c["qk_nope_head_dim"] + c["qk_rope_head_dim"])
    shapes: dict[str, tuple[int, ...]] = {
        "input_layernorm.weight": (d,),
        "post_attention_layernorm.weight": (d,),
        "self_attn.kv_a_proj_with_mqa.weight": (rank + c["qk_rope_head_dim"], d),
        "self_attn.kv_a_layernorm.weight": (rank,),
        "self_attn.kv_b_proj.weight": (heads * (c["qk_nope_head_dim"] + c["v_head_dim"]), rank),
        "self_attn.o_proj.weight": (d, heads * c["v_head_dim"]),
    }
    if q_rank := c["q_lora_rank"]:
        shapes["self_attn.q_a_proj.weight"] = (q_rank, d)
        shapes["self_attn.q_a_layernorm.weight"] = (q_rank,)
        shapes["self_attn.q_b_proj.weight"] = (query, q_rank)
    else:
        shapes["self_attn.q_proj.weight"] = (query, d)
    widths = {"mlp.": c["intermediate_size"]}
    if layer >= c["first_k_dense_replace"]:
        widths = {f"mlp.experts.{e}.": c["moe_intermediate_size"] for e in range(c["n_routed_experts"])}
        widths["mlp.shared_experts."] = c["moe_intermediate_size"] * c["n_shared_experts"]
        shapes["mlp.gate.weight"] = (c["n_routed_experts"], d)
        if c["topk_method"] == "noaux_tc":
            shapes[BIAS] = (c["n_routed_experts"],)
    for at, width in widths.items():
        shapes |= {at + "gate_proj.weight": (width, d), at + "up_proj.weight": (width, d)}
        shapes[at + "down_proj.weight"] = (d, width)
    return shapes


def shapes_of(c: Config) -> dict[str, tuple[int, ...]]:
    """Every tensor that is trained, and the expert biases."""
    d, vocab, layers = c["hidden_size"], c["vocab_size"], c["num_hidden_layers"]
    shapes = {"model.embed_tokens.weight": (vocab, d), "lm_head.weight": (vocab, d), "model.norm.weight": (d,)}
    for layer in range(layers + c["num_nextn_predict_layers"]):
        part = block_shapes(c, layer)
        if layer >= layers:
            part |= {name: (d,) for name in ("enorm.weight", "hnorm.weight", "shared_head.norm.weight")}
            part["eh_proj.weight"] = (d, 2 * d)
        shapes |= {f"model.layers.{layer}.{name}": shape for name, shape in part.items()}
    return shapes


def random_weights(c: Config, seed: int) -> Weights:
    """As make_reference.fill draws them; rounded to F32."""
    generator = torch.Generator().manual_seed(seed)
    weights: Weights = {}
    for name, shape in sorted(shapes_of(c).items()):
        value = torch.randn(shape, generator=generator)
        if name.endswith(BIAS):
            value *= 0.2
        elif len(shape) == 1:
            value = 1.0 + 0.2 * value
        elif name.endswith("embed_tokens.weight"):
            value *= 0.5
        else:
            value *= (2.0 if name.endswith("mlp.gate.weight") else 1.0) * shape[-1] ** -0.5
        weights[name] = value
    return weights


def save_folder(folder: Path, c: Config, weights: Weights) -> None:
    """config.json and model.safetensors; in the file each MTP module carries a copy of embedding and head."""
    copies: Weights = {}
    for k in range(c["num_nextn_predict_layers"]):
        at = f"model.layers.{c['num_hidden_layers'] + k}."
        copies[at + "embed_tokens.weight"] = weights["model.embed_tokens.weight"]
        copies[at + "shared_head.head.weight"] = weights["lm_head.weight"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(c, indent=2) + "\n")
    save_file(stored(weights | copies), folder / "model.safetensors", metadata={"format": "pt"})


def leaves(c: Config, folder: Path) -> Weights:
    """The file's tensors in float64, ready for autograd, without the copies."""
    weights = {n: v.double() for n, v in load_file(folder / "model.safetensors").items() if n in shapes_of(c)}
    for name, value in weights.items():
        value.requires_grad_(not name.endswith(BIAS))
    return weights


def hf_mtp_logits(c: Config, folder: Path, weights: Weights, tokens: Tensor, hidden: Tensor) -> list[Tensor]:
    """The MTP modules by transformers' own MtpLayer, fed with the main model's hidden state after its final norm."""
    main = hf_float64.load(folder)
    length = hidden.shape[1]
    mask = torch.full((length, length), torch.finfo(torch.float64).min, dtype=torch.float64).triu(1)[None, None]
    result = []
    for k in range(1, c["num_nextn_predict_layers"] + 1):
        at = f"model.layers.{c['num_hidden_layers'] + k - 1}."
        layer = MtpLayer(main.config, DeepseekV3DecoderLayer, DeepseekV3RMSNorm, c["num_hidden_layers"]).double()
        for name, value in (*layer.named_parameters(), *layer.named_buffers()):
            for part, rows in hf_float64.per_expert(name, value.data).items():
                rows.copy_(weights[at + part.removeprefix("mtp_block.").replace("post_norm", "shared_head.norm")].data)
        positions = torch.arange(k, length + k)[None]  # it counts from k, we from 0: scores see only distances
        rotation = main.model.rotary_emb(hidden, positions)
        embedded = main.model.embed_tokens(tokens[:, k : k + length])
        hidden = layer(embedded, hidden, rotation, mask, positions, None)
        result.append(main.lm_head(hidden).detach())
    return result


def disagreement(c: Config, folder: Path, weights: Weights, tokens: Tensor, out: Output) -> float:
    """Largest difference of any logit from transformers'."""
    depth = len(out.mtp_logits)
    main = hf_float64.load(folder)
    base = main.model(tokens[:, : tokens.shape[1] - depth], use_cache=False).last_hidden_state
    pairs = [(main.lm_head(base), out.logits)]
    if depth:
        pairs += zip(hf_mtp_logits(c, folder, weights, tokens, base), out.mtp_logits, strict=True)
    return max((theirs - ours).abs().max().item() for theirs, ours in pairs)


def draw_tokens(c: Config, seed: int, batches: int) -> Tensor:
    """[batches, B, T + 1 + D]"""
    shape = (batches, BATCH, LENGTH + 1 + c["num_nextn_predict_layers"])
    return torch.randint(c["vocab_size"], shape, generator=torch.Generator().manual_seed(seed))


def smallest_margin(out: Output) -> float:
    return min(route.margin for route in out.routes.values())


def evaluate(c: Config, folder: Path, tokens: Tensor) -> tuple[dict[str, Tensor], float]:
    """What reference.safetensors holds, and the smallest routing margin."""
    weights = leaves(c, folder)
    out = mtp_reference.forward(c, weights, tokens[:, :-1], c["num_nextn_predict_layers"])
    margin = smallest_margin(out)
    if margin < MIN_MARGIN:
        return {}, margin
    difference = disagreement(c, folder, weights, tokens[:, :-1], out)
    if difference > AGREEMENT:
        raise SystemExit(f"{folder.name}: transformers and mtp_reference.py differ by {difference:.1e}")
    loss = mtp_reference.losses(c, out, tokens, MTP_LAMBDA, ALPHA)
    loss.total.backward()
    result = {
        "tokens": tokens,
        "logits": out.logits,
        "main_loss": loss.main.reshape(1),
        "balance_loss": loss.balance.reshape(1),
        "loss": loss.total.reshape(1),
        "mtp_lambda": torch.tensor([MTP_LAMBDA], dtype=torch.float64),
        "alpha": torch.tensor([ALPHA], dtype=torch.float64),
    }
    if loss.mtp:
        result["mtp_losses"] = torch.stack(loss.mtp)
    result |= {f"mtp_logits.{k}": logits for k, logits in enumerate(out.mtp_logits, 1)}
    result |= mtp_reference.gradients(weights) | routes_as_tensors(out.routes)
    return {name: value.detach() for name, value in result.items()}, margin


def optimize(c: Config, folder: Path, batches: Tensor) -> tuple[dict[str, Tensor], float]:
    """Five steps of AdamW with clipping, and of the loss-free bias update after each; what adamw.safetensors holds."""
    weights = leaves(c, folder)
    trained = {name: value for name, value in weights.items() if value.requires_grad}
    groups = [
        {"params": [v for v in trained.values() if v.dim() >= 2], "weight_decay": 0.1},
        {"params": [v for v in trained.values() if v.dim() < 2], "weight_decay": 0.0},
    ]
    adamw = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.95), eps=1e-8)
    history, norms, margin = [], [], math.inf
    for tokens in batches:
        out = mtp_reference.forward(c, weights, tokens[:, :-1], c["num_nextn_predict_layers"])
        margin = min(margin, smallest_margin(out))
        loss = mtp_reference.losses(c, out, tokens, MTP_LAMBDA, ALPHA)
        adamw.zero_grad()
        loss.total.backward()
        norms.append(torch.nn.utils.clip_grad_norm_(trained.values(), 1.0))
        adamw.step()
        history.append(loss.total.detach())
        for layer, route in out.routes.items():
            load = torch.bincount(route.chosen.flatten(), minlength=c["n_routed_experts"]).double()
            weights[f"model.layers.{layer}.{BIAS}"] += BIAS_RATE * torch.sign(load.mean() - load)
    result = {"tokens": batches, "loss": torch.stack(history), "grad_norm": torch.stack(norms)}
    return result | {f"after.{name}": value.detach() for name, value in weights.items()}, margin


def make_case(name: str, out: Path) -> None:
    c, folder = CASES[name], out / name
    shutil.rmtree(folder, ignore_errors=True)
    for seed in range(1, 200):
        save_folder(folder, c, random_weights(c, seed))
        batches = draw_tokens(c, seed, STEPS)
        reference, margin = evaluate(c, folder, batches[0])
        steps: dict[str, Tensor] = {}
        if margin >= MIN_MARGIN and name == "mtp1":
            steps, margin = optimize(c, folder, batches)
        if margin >= MIN_MARGIN:
            break
    else:
        raise SystemExit(f"{name}: no seed keeps all routing decisions apart")
    save_file(stored(reference), folder / "reference.safetensors")
    if steps:
        save_file(stored(steps), folder / "adamw.safetensors")
        print(f"{name}: losses {steps['loss'].tolist()}\n      gradient norms {steps['grad_norm'].tolist()}")
    parts = "  ".join(f"{key} {value.tolist()}" for key, value in reference.items() if "loss" in key)
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"{name}: seed {seed}  {parts}  margin {margin:.0e}  {size / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.removeprefix("Usage: "))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder to write the cases to")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"default: all of {', '.join(CASES)}")
    arguments = parser.parse_args()
    hf_float64.compute_in_float64()
    with hf_float64.group_mask(-math.inf):
        for name in arguments.cases or CASES:
            make_case(name, arguments.out)


if __name__ == "__main__":
    main()
