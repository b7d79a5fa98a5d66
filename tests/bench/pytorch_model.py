# DeepSeek-V3's model as a careful PyTorch program for a CPU: training form and absorbed decoding.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Used by pytorch_baseline.py. Shapes: B sequences, T positions, N = B T tokens, D hidden, E experts, K chosen of them,
R rows with the padding below, H heads.

What was done for speed on two cores with AVX512-BF16:
- products that share an input are one product (q_a with kv_a, gate with up); the experts' weights are stacked;
- values are padded to the size of the keys: scaled_dot_product_attention takes half the time then;
- tokens are sorted by expert, one product per expert on a contiguous slice; sending tokens to experts and collecting
  them are each other's gradients, so both are gathers and nothing is scattered;
- a slice is padded to a multiple of 16 to 64 rows: oneDNN generates code for every new number of rows, and exact loads,
  which differ in every step, made a step of bench-s half as long again;
- the rotary pairs (0,1), (2,3).. of a checkpoint are reordered to halves on loading, which leaves all scores unchanged;
- with bf16 every weight is cast once per pass and the activations stay bf16 between the products; router, softmax and
  loss are F32, like the weights, their gradients' sum and the optimizer. Autocast leaves more in F32.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

Config = dict


@torch.library.custom_op("bench::grouped_linear", mutates_args=())
def grouped_linear(x: Tensor, w: Tensor, ends: Tensor) -> Tensor:
    """x [R, I] sorted by expert, w [E, O, I], ends [E]: expert e owns the rows up to ends[e]. Returns [R, O]."""
    y, begin = x.new_empty(x.shape[0], w.shape[1]), 0
    for end, weight in zip(ends.tolist(), w.unbind(0)):
        if end > begin:
            torch.mm(x[begin:end], weight.T, out=y[begin:end])
        begin = end
    return y


@torch.library.custom_op("bench::grouped_linear_backward", mutates_args=())
def grouped_linear_backward(dy: Tensor, x: Tensor, w: Tensor, ends: Tensor) -> tuple[Tensor, Tensor]:
    dx, dw, begin = torch.empty_like(x), torch.empty_like(w), 0
    for end, weight, gradient in zip(ends.tolist(), w.unbind(0), dw.unbind(0)):
        if end > begin:
            torch.mm(dy[begin:end], weight, out=dx[begin:end])
            torch.mm(dy[begin:end].T, x[begin:end], out=gradient)
        else:
            gradient.zero_()
        begin = end
    return dx, dw


grouped_linear.register_fake(lambda x, w, ends: x.new_empty(x.shape[0], w.shape[1]))
grouped_linear_backward.register_fake(lambda dy, x, w, ends: (torch.empty_like(x), torch.empty_like(w)))
grouped_linear.register_autograd(
    lambda ctx, dy: (*grouped_linear_backward(dy.contiguous(), *ctx.saved_tensors), None),
    setup_context=lambda ctx, inputs, output: ctx.save_for_backward(*inputs),
)


def alignment(mean_load: int) -> int:
    """A power of two up to an eighth of the rows that an expert has on average."""
    return next((size for size in (64, 32) if mean_load >= 8 * size), 16)


class Slots:
    """Where the K choices of each token lie among the rows sorted by expert; R rows with the padding."""

    def __init__(self, chosen: Tensor, experts: int):
        n, self.k = chosen.shape
        size = alignment(n * self.k // experts)
        by_expert, order = chosen.flatten().sort(stable=True)
        ends = torch.searchsorted(by_expert, torch.arange(experts), right=True)
        self.load = ends.diff(prepend=ends.new_zeros(1))  # [E]
        padded = (self.load + size - 1) // size * size
        self.ends = padded.cumsum(0)
        slot = torch.arange(n * self.k) + (self.ends - padded - ends + self.load).index_select(0, by_expert)
        rows = n * self.k + experts * (size - 1)  # compiled code wants one that does not change
        if not torch.compiler.is_compiling():
            rows = int(self.ends[-1])
        self.slot = torch.empty_like(order).scatter(0, order, slot)  # [N K]
        self.choice = order.new_full((rows,), n * self.k).scatter(0, slot, order)  # [R]; N K where there is none
        self.token = self.choice // self.k  # [R]; N where there is none


def spread(x: Tensor, slots: Slots) -> Tensor:
    """x [N, D] -> [R, D]; rows of padding get zeros, as gradients need it."""
    return torch.cat([x, x.new_zeros(1, x.shape[1])]).index_select(0, slots.token)


def collect(y: Tensor, slots: Slots) -> Tensor:
    """y [R, D] -> [N, D], the sum over the K rows of each token."""
    return y.index_select(0, slots.slot).unflatten(0, (-1, slots.k)).sum(1)


class Dispatch(torch.autograd.Function):
    """spread(), whose gradient is collect()."""

    @staticmethod
    def forward(ctx, x: Tensor, slots: Slots) -> Tensor:
        ctx.slots = slots
        return spread(x, slots)

    @staticmethod
    def backward(ctx, dy: Tensor):
        return collect(dy, ctx.slots), None


class Combine(torch.autograd.Function):
    """collect(), whose gradient is spread()."""

    @staticmethod
    def forward(ctx, y: Tensor, slots: Slots) -> Tensor:
        ctx.slots = slots
        return collect(y, slots)

    @staticmethod
    def backward(ctx, dx: Tensor):
        return spread(dx, ctx.slots), None


def linear(x: Tensor, w: Tensor) -> Tensor:
    return F.linear(x, w.to(x.dtype))


def rms_norm(x: Tensor, gain: Tensor, eps: float) -> Tensor:
    return F.rms_norm(x, gain.shape, gain.to(x.dtype), eps)


def swiglu(x: Tensor) -> Tensor:
    gate, up = x.chunk(2, -1)
    return F.silu(gate) * up


def rotary_table(c: Config, length: int) -> Tensor:
    """[2, T, R/2]: cos and sin. Presets of the benchmark have no YaRN."""
    size = c["qk_rope_head_dim"]
    frequency = c["rope_theta"] ** (-torch.arange(0, size, 2, dtype=torch.float64) / size)
    angle = torch.arange(length, dtype=torch.float64)[:, None] * frequency
    return torch.stack([angle.cos(), angle.sin()]).float()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """x [.., R] in halves: the pair i is (x[i], x[i + R/2])."""
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def route(c: Config, logits: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """logits [N, E] in F32 -> experts [N, K] and their weights. Bias and groups decide, unbiased scores weigh."""
    scores = logits.sigmoid()
    with torch.no_grad():
        decisive = scores + bias
        if c["n_group"] > 1:
            members = decisive.unflatten(-1, (c["n_group"], -1))
            kept = members.topk(2, -1).values.sum(-1).topk(c["topk_group"], -1).indices
            allowed = torch.zeros(members.shape[:-1], dtype=torch.bool).scatter(-1, kept, True)
            decisive = members.masked_fill(~allowed[..., None], float("-inf")).flatten(-2)
        chosen = decisive.topk(c["num_experts_per_tok"], -1, sorted=False).indices
    weights = scores.gather(-1, chosen)
    if c["norm_topk_prob"]:
        weights = weights / (weights.sum(-1, keepdim=True) + 1e-20)
    return chosen, weights * c["routed_scaling_factor"]


class Block(nn.Module):
    """One layer: latent attention, then a dense or a mixture-of-experts feed-forward."""

    def __init__(self, c: Config, layer: int):
        super().__init__()
        self.c, d, heads = c, c["hidden_size"], c["num_attention_heads"]
        self.sizes = [c["q_lora_rank"], c["kv_lora_rank"], c["qk_rope_head_dim"]]
        self.nope, self.value = c["qk_nope_head_dim"], c["v_head_dim"]
        self.moe = layer >= c["first_k_dense_replace"]

        def weight(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.randn(shape) * c["initializer_range"])

        def gain(size: int) -> nn.Parameter:
            return nn.Parameter(torch.ones(size))

        self.input_norm, self.post_norm, self.q_norm, self.kv_norm = map(gain, (d, d, *self.sizes[:2]))
        self.a_proj = weight(sum(self.sizes), d)
        self.q_b = weight(heads * (self.nope + self.sizes[2]), self.sizes[0])
        self.kv_b = weight(heads * (self.nope + self.value), self.sizes[1])
        self.o_proj = weight(d, heads * self.value)
        width = c["moe_intermediate_size"]
        dense = width * c["n_shared_experts"] if self.moe else c["intermediate_size"]
        self.gate_up, self.down = weight(2 * dense, d), weight(d, dense)
        if self.moe:
            experts = c["n_routed_experts"]
            self.router = weight(experts, d)
            self.register_buffer("bias", torch.zeros(experts))
            self.experts_gate_up, self.experts_down = weight(experts, 2 * width, d), weight(experts, d, width)

    def attention(self, x: Tensor, table: Tensor) -> Tensor:
        eps, heads = self.c["rms_norm_eps"], self.c["num_attention_heads"]
        latent_q, latent, k_rope = linear(x, self.a_proj).split(self.sizes, -1)
        q = linear(rms_norm(latent_q, self.q_norm, eps), self.q_b).unflatten(-1, (heads, -1))
        kv = linear(rms_norm(latent, self.kv_norm, eps), self.kv_b).unflatten(-1, (heads, -1))
        cos, sin = table.to(x.dtype)[:, : x.shape[1], None].unbind(0)
        q_rope, k_rope = rotate(q[..., self.nope :], cos, sin), rotate(k_rope[:, :, None], cos, sin)
        q = torch.cat([q[..., : self.nope], q_rope], -1).transpose(1, 2)
        k = torch.cat([kv[..., : self.nope], k_rope.expand(-1, -1, heads, -1)], -1).transpose(1, 2)
        v = F.pad(kv[..., self.nope :], (0, q.shape[-1] - self.value)).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)  # scale 1 / sqrt(nope + rope)
        return linear(y.transpose(1, 2)[..., : self.value].flatten(-2), self.o_proj)

    def experts(self, u: Tensor) -> tuple[Tensor, Tensor]:
        """u [N, D] -> the routed experts' sum [N, D] and the load [E]."""
        chosen, weights = route(self.c, F.linear(u.float(), self.router), self.bias)
        slots = Slots(chosen, self.c["n_routed_experts"])
        x = Dispatch.apply(u, slots)
        h = swiglu(grouped_linear(x, self.experts_gate_up.to(x.dtype), slots.ends))
        weights = torch.cat([weights.flatten(), weights.new_zeros(1)]).index_select(0, slots.choice)
        y = grouped_linear(h * weights[:, None].to(h.dtype), self.experts_down.to(h.dtype), slots.ends)
        return Combine.apply(y, slots), slots.load

    def forward(self, x: Tensor, table: Tensor) -> tuple[Tensor, Tensor | None]:
        eps, load = self.c["rms_norm_eps"], None
        x = x + self.attention(rms_norm(x, self.input_norm, eps), table)
        u = rms_norm(x, self.post_norm, eps)
        y = linear(swiglu(linear(u, self.gate_up)), self.down)
        if self.moe:
            routed, load = self.experts(u.flatten(0, 1))
            y = y + routed.view_as(y)
        return x + y, load


class Model(nn.Module):
    """All layers, and one MTP module that shares embedding and head."""

    def __init__(self, c: Config):
        super().__init__()
        d, layers = c["hidden_size"], c["num_hidden_layers"]
        self.c = c
        self.embedding = nn.Parameter(torch.randn(c["vocab_size"], d) * c["initializer_range"])
        self.head = nn.Parameter(torch.randn(c["vocab_size"], d) * c["initializer_range"])
        self.blocks = nn.ModuleList(Block(c, i) for i in range(layers + 1))  # the last is the MTP module's
        self.norm, self.enorm, self.hnorm, self.mtp_norm = (nn.Parameter(torch.ones(d)) for _ in range(4))
        self.eh_proj = nn.Parameter(torch.randn(d, 2 * d) * c["initializer_range"])
        self.register_buffer("table", rotary_table(c, c["max_position_embeddings"]))

    def before_mtp(self, hidden: Tensor, ahead: Tensor) -> Tensor:
        eps = self.c["rms_norm_eps"]
        both = torch.cat([rms_norm(ahead, self.enorm, eps), rms_norm(hidden, self.hnorm, eps)], -1)
        return linear(both, self.eh_proj)

    def loss(self, hidden: Tensor, targets: Tensor) -> Tensor:
        return F.cross_entropy(linear(hidden, self.head).flatten(0, -2).float(), targets.flatten())

    def forward(self, tokens: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor, list[Tensor | None]]:
        """tokens [B, T + 2] -> main loss, MTP loss and the load of each layer's experts."""
        eps, length, loads = self.c["rms_norm_eps"], tokens.shape[1] - 2, []
        embedded = F.embedding(tokens[:, :-1], self.embedding).to(dtype)
        x = embedded[:, :length]
        for block in self.blocks[:-1]:
            x, load = block(x, self.table)
            loads.append(load)
        hidden = rms_norm(x, self.norm, eps)
        ahead, load = self.blocks[-1](self.before_mtp(hidden, embedded[:, 1:]), self.table)
        loads.append(load)
        mtp = self.loss(rms_norm(ahead, self.mtp_norm, eps), tokens[:, 2:])
        return self.loss(hidden, tokens[:, 1:-1]), mtp, loads

    def update_biases(self, loads: list[Tensor | None], speed: float) -> None:
        for block, load in zip(self.blocks, loads):
            if load is not None:
                load = load.float()
                block.bias += speed * (load.mean() - load).sign()


def halves(w: Tensor, rope: int, per_head: int) -> Tensor:
    """Rows of a projection whose last `rope` of every `per_head` rows are rotary pairs: those to halves."""
    rows = w.unflatten(0, (-1, per_head))
    pairs = rows[:, per_head - rope :]
    return torch.cat([rows[:, : per_head - rope], pairs[:, 0::2], pairs[:, 1::2]], 1).flatten(0, 1)


@torch.no_grad()
def load_checkpoint(model: Model, w: dict[str, Tensor]) -> None:
    """Fills the model from the tensors of a checkpoint under Hugging Face's names."""
    c, last = model.c, f"model.layers.{model.c['num_hidden_layers']}."
    rope = c["qk_rope_head_dim"]
    single = {
        "model.embed_tokens.weight": model.embedding,
        "lm_head.weight": model.head,
        "model.norm.weight": model.norm,
        last + "enorm.weight": model.enorm,
        last + "hnorm.weight": model.hnorm,
        last + "eh_proj.weight": model.eh_proj,
        last + "shared_head.norm.weight": model.mtp_norm,
    }
    for name, parameter in single.items():
        parameter.copy_(w[name])
    for i, block in enumerate(model.blocks):
        at, mlp = f"model.layers.{i}.self_attn.", f"model.layers.{i}.mlp."

        def get(prefix: str, *parts: str) -> Tensor:
            return torch.cat([w[f"{prefix}{part}.weight"] for part in parts])

        block.input_norm.copy_(get(f"model.layers.{i}.", "input_layernorm"))
        block.post_norm.copy_(get(f"model.layers.{i}.", "post_attention_layernorm"))
        block.q_norm.copy_(get(at, "q_a_layernorm"))
        block.kv_norm.copy_(get(at, "kv_a_layernorm"))
        kv_a = get(at, "kv_a_proj_with_mqa")
        block.a_proj.copy_(torch.cat([get(at, "q_a_proj"), halves(kv_a, rope, len(kv_a))]))
        block.q_b.copy_(halves(get(at, "q_b_proj"), rope, block.nope + rope))
        block.kv_b.copy_(get(at, "kv_b_proj"))
        block.o_proj.copy_(get(at, "o_proj"))
        dense = mlp + ("shared_experts." if block.moe else "")
        block.gate_up.copy_(get(dense, "gate_proj", "up_proj"))
        block.down.copy_(get(dense, "down_proj"))
        if block.moe:
            block.router.copy_(get(mlp, "gate"))
            block.bias.copy_(w[mlp + "gate.e_score_correction_bias"])
            for e in range(c["n_routed_experts"]):
                block.experts_gate_up[e] = get(f"{mlp}experts.{e}.", "gate_proj", "up_proj")
                block.experts_down[e] = get(f"{mlp}experts.{e}.", "down_proj")
