# The whole model with MTP in plain PyTorch, written from the DeepSeek-V3 report (arXiv 2412.19437), section 2.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weights are a dict under the checkpoint's tensor names, the configuration is the parsed config.json.

Everything runs in the dtype of the weights, float64 for references.
Shapes: B sequences, T positions, D hidden, V vocabulary, E experts, K chosen, H heads.
"""

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

Config = dict
Weights = dict[str, Tensor]


@dataclass
class Route:
    """What one MoE layer's router did."""

    scores: Tensor  # [B, T, E] affinities without bias
    chosen: Tensor  # [B, T, K]
    margin: float  # smallest gap between a winner and a loser, of groups, experts and of the balance loss's own top-k


@dataclass
class Output:
    logits: Tensor | None = None  # [B, T, V]
    mtp_logits: list[Tensor] = field(default_factory=list)  # depth k at [k-1], [B, T, V]
    routes: dict[int, Route] = field(default_factory=dict)  # by layer index; MTP modules count on from L


@dataclass
class Losses:
    main: Tensor
    mtp: list[Tensor]
    balance: Tensor
    total: Tensor


def rms_norm(x: Tensor, gain: Tensor, eps: float) -> Tensor:
    return gain * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)


def yarn_of(c: Config) -> dict | None:
    """rope_scaling, or rope_parameters as transformers 5 spells it; None without YaRN."""
    rope = c.get("rope_scaling") or c.get("rope_parameters") or {}
    return rope if rope.get("rope_type", rope.get("type")) == "yarn" else None


def temperature(factor: float, mscale: float) -> float:
    return 0.1 * mscale * math.log(factor) + 1.0


def softmax_scale(c: Config) -> float:
    scale = (c["qk_nope_head_dim"] + c["qk_rope_head_dim"]) ** -0.5
    yarn = yarn_of(c)
    return scale * temperature(yarn["factor"], yarn["mscale_all_dim"]) ** 2 if yarn else scale


def rotations(c: Config, length: int) -> Tensor:
    """[T, R/2] complex: the rotation of pair k at each position (report section 4.3 for YaRN)."""
    size = c["qk_rope_head_dim"]
    theta = c.get("rope_theta") or c["rope_parameters"]["rope_theta"]
    k = torch.arange(size // 2, dtype=torch.float64)
    frequency = theta ** (-2 * k / size)
    amplitude = 1.0
    if yarn := yarn_of(c):

        def correction(turns: float) -> float:
            window = yarn["original_max_position_embeddings"]
            return size * math.log(window / (2 * math.pi * turns)) / (2 * math.log(theta))

        low = max(math.floor(correction(yarn["beta_fast"])), 0)
        high = min(math.ceil(correction(yarn["beta_slow"])), size - 1)
        ramp = ((k - low) / (high - low if high > low else 0.001)).clamp(0, 1)
        frequency = frequency / yarn["factor"] * ramp + frequency * (1 - ramp)
        amplitude = temperature(yarn["factor"], yarn["mscale"]) / temperature(yarn["factor"], yarn["mscale_all_dim"])
    angle = torch.arange(length, dtype=torch.float64)[:, None] * frequency
    return torch.polar(torch.full_like(angle, amplitude), angle)


def rotate(x: Tensor, rotation: Tensor) -> Tensor:
    """Turns the adjacent pairs (x0, x1), (x2, x3).. of x [..., T, R]."""
    pairs = torch.view_as_complex(x.unflatten(-1, (-1, 2)).contiguous())
    return torch.view_as_real(pairs * rotation).flatten(-2)


def attention(c: Config, w: Weights, at: str, x: Tensor) -> Tensor:
    """MLA in its materialised form, eq. 1-11. x: [B, T, D], normalised."""
    heads, eps = c["num_attention_heads"], c["rms_norm_eps"]
    nope, rope, value = c["qk_nope_head_dim"], c["qk_rope_head_dim"], c["v_head_dim"]
    if c.get("q_lora_rank"):
        q = rms_norm(x @ w[at + "q_a_proj.weight"].T, w[at + "q_a_layernorm.weight"], eps) @ w[at + "q_b_proj.weight"].T
    else:
        q = x @ w[at + "q_proj.weight"].T
    q = q.unflatten(-1, (heads, nope + rope)).transpose(1, 2)  # [B, H, T, nope + rope]
    latent, k_rope = (x @ w[at + "kv_a_proj_with_mqa.weight"].T).split([c["kv_lora_rank"], rope], -1)
    kv = rms_norm(latent, w[at + "kv_a_layernorm.weight"], eps) @ w[at + "kv_b_proj.weight"].T
    k_nope, v = kv.unflatten(-1, (heads, nope + value)).transpose(1, 2).split([nope, value], -1)

    length = x.shape[1]
    rotation = rotations(c, length)
    q_nope, q_rope = q[..., :nope], rotate(q[..., nope:], rotation)
    k_rope = rotate(k_rope, rotation)[:, None]  # one rotary key for all heads
    scores = softmax_scale(c) * (q_nope @ k_nope.mT + q_rope @ k_rope.mT)
    future = torch.ones(length, length, dtype=torch.bool).triu(1)
    y = scores.masked_fill(future, -math.inf).softmax(-1) @ v
    return y.transpose(1, 2).flatten(-2) @ w[at + "o_proj.weight"].T


def swiglu(w: Weights, at: str, x: Tensor) -> Tensor:
    gate, up, down = (w[f"{at}{part}_proj.weight"] for part in ("gate", "up", "down"))
    return (F.silu(x @ gate.T) * (x @ up.T)) @ down.T


def largest(x: Tensor, count: int) -> tuple[Tensor, float]:
    """Indices of the count largest, the lowest index winning ties, and the smallest gap to the best loser."""
    order = x.sort(dim=-1, descending=True, stable=True)
    gap = order.values[..., count - 1] - order.values[..., count] if count < x.shape[-1] else torch.tensor(math.inf)
    return order.indices[..., :count], gap.min().item()


def moe(c: Config, w: Weights, at: str, x: Tensor) -> tuple[Tensor, Route]:
    """Shared and routed experts, eq. 12-16. Bias and groups decide, unbiased scores weigh."""
    experts, groups, top_k = c["n_routed_experts"], c["n_group"], c["num_experts_per_tok"]
    logits = x @ w[at + "gate.weight"].T
    scores = logits.softmax(-1) if c.get("scoring_func") == "softmax" else logits.sigmoid()
    decisive = scores.detach() + w.get(at + "gate.e_score_correction_bias", 0.0)
    margins = [largest(scores.detach(), top_k)[1]]
    if groups > 1:
        members = decisive.unflatten(-1, (groups, experts // groups))
        kept, margin = largest(members.topk(2, -1).values.sum(-1), c["topk_group"])
        margins.append(margin)
        allowed = torch.zeros(members.shape[:-1], dtype=torch.bool).scatter(-1, kept, True)
        decisive = members.masked_fill(~allowed[..., None], -math.inf).flatten(-2)
    chosen, margin = largest(decisive, top_k)
    margins.append(margin)

    weights = scores.gather(-1, chosen)
    if c["norm_topk_prob"]:
        weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
    weights = weights * c["routed_scaling_factor"]
    y = swiglu(w, at + "shared_experts.", x) if c.get("n_shared_experts") else torch.zeros_like(x)
    for e in range(experts):
        gate = (weights * (chosen == e)).sum(-1, keepdim=True)
        y = y + gate * swiglu(w, f"{at}experts.{e}.", x)
    return y, Route(scores, chosen, min(margins))


def block(c: Config, w: Weights, layer: int, x: Tensor, routes: dict[int, Route]) -> Tensor:
    at, eps = f"model.layers.{layer}.", c["rms_norm_eps"]
    x = x + attention(c, w, at + "self_attn.", rms_norm(x, w[at + "input_layernorm.weight"], eps))
    u = rms_norm(x, w[at + "post_attention_layernorm.weight"], eps)
    if at + "mlp.gate.weight" not in w:
        return x + swiglu(w, at + "mlp.", u)
    y, routes[layer] = moe(c, w, at + "mlp.", u)
    return x + y


def head_of(w: Weights) -> Tensor:
    return w.get("lm_head.weight", w["model.embed_tokens.weight"])


def forward(c: Config, w: Weights, tokens: Tensor, depth: int = 0) -> Output:
    """tokens: [B, T + depth]. The main model reads the first T, MTP module k the T that start k later (eq. 21-23)."""
    eps, length = c["rms_norm_eps"], tokens.shape[1] - depth
    embedding = w["model.embed_tokens.weight"]
    out = Output()
    x = embedding[tokens[:, :length]]
    for layer in range(c["num_hidden_layers"]):
        x = block(c, w, layer, x, out.routes)
    hidden = rms_norm(x, w["model.norm.weight"], eps)
    out.logits = hidden @ head_of(w).T
    for k in range(1, depth + 1):
        layer = c["num_hidden_layers"] + k - 1
        at = f"model.layers.{layer}."
        ahead = rms_norm(embedding[tokens[:, k : k + length]], w[at + "enorm.weight"], eps)
        here = rms_norm(hidden, w[at + "hnorm.weight"], eps)  # after the final norm of the model or module before
        x = torch.cat([ahead, here], -1) @ w[at + "eh_proj.weight"].T
        x = block(c, w, layer, x, out.routes)
        hidden = rms_norm(x, w[at + "shared_head.norm.weight"], eps)
        out.mtp_logits.append(hidden @ head_of(w).T)
    return out


def balance_loss(c: Config, route: Route) -> Tensor:
    """Sequence-wise balance loss without its factor alpha, eq. 17-20, mean over sequences. f carries no gradient."""
    experts, top_k = c["n_routed_experts"], c["num_experts_per_tok"]
    best, _ = largest(route.scores.detach(), top_k)
    f = F.one_hot(best, experts).sum(2).to(route.scores.dtype).mean(1) * experts / top_k  # [B, E]
    p = (route.scores / route.scores.sum(-1, keepdim=True)).mean(1)
    return (f * p).sum(-1).mean()


def losses(c: Config, out: Output, tokens: Tensor, mtp_lambda: float, alpha: float) -> Losses:
    """tokens: [B, T + 1 + depth]. Each cross-entropy is a mean over all B * T targets (eq. 24-25)."""
    length, depth = out.logits.shape[1], len(out.mtp_logits)
    entropies = [
        F.cross_entropy(logits.flatten(0, 1), tokens[:, k + 1 : k + 1 + length].flatten())
        for k, logits in enumerate([out.logits, *out.mtp_logits])
    ]
    balance = alpha * sum((balance_loss(c, route) for route in out.routes.values()), out.logits.new_zeros(()))
    total = entropies[0] + mtp_lambda / max(depth, 1) * sum(entropies[1:]) + balance
    return Losses(entropies[0], entropies[1:], balance, total)


def gradients(w: Weights) -> Weights:
    """The gradient of every trained tensor, under the name "grad." and its own; zero where nothing reached it."""
    trained = {name: value for name, value in w.items() if value.requires_grad}
    return {f"grad.{n}": torch.zeros_like(v) if v.grad is None else v.grad for n, v in trained.items()}
