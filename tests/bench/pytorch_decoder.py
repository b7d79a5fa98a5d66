# Writes one token after another with the absorbed form of latent attention, batch 1, in PyTorch.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Used by pytorch_baseline.py, with the weights of pytorch_model.Model.

The cache is allocated once: of each token and layer the normalised latent and the rotated key. The chosen experts' rows
are gathered and multiplied as one matrix: for small models faster than a product for every expert, whose calls cost
more than the copy, and for bench-m in f32 about as fast. Compiled, shapes must not change: attention looks at the whole
cache behind a mask. Otherwise it takes the slice that is filled.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pytorch_model import Block, Model, rms_norm, rotate, route, swiglu


class DecoderLayer(nn.Module):
    """A layer's weights, cast and arranged for one token: [1, D] -> [1, D]."""

    def __init__(self, block: Block, dtype: torch.dtype, positions: int, static: bool):
        super().__init__()
        self.c, self.sizes, self.nope, self.moe = block.c, block.sizes, block.nope, block.moe
        self.heads, self.static = self.c["num_attention_heads"], static

        def keep(name: str, value: Tensor, to: torch.dtype = dtype) -> None:
            self.register_buffer(name, value.detach().to(to).contiguous().clone())

        for name in ("input_norm", "post_norm", "q_norm", "kv_norm", "a_proj", "q_b", "o_proj", "gate_up", "down"):
            keep(name, getattr(block, name))
        keys, values = block.kv_b.unflatten(0, (self.heads, -1)).split([self.nope, block.value], 1)
        keep("absorb_keys", keys)  # [H, nope, latent]
        keep("absorb_values", values.mT)  # [H, latent, value]
        keep("cache", torch.zeros(positions, sum(self.sizes[1:])))
        if self.moe:
            keep("router", block.router, torch.float32)
            keep("bias", block.bias, torch.float32)
            keep("experts_gate_up", block.experts_gate_up)  # [E, 2 F, D]
            keep("experts_down", block.experts_down.mT)  # [E, F, D]: the chosen ones are one matrix [K F, D]

    def attention(self, x: Tensor, position: Tensor, length: int, cos: Tensor, sin: Tensor) -> Tensor:
        eps, latent = self.c["rms_norm_eps"], self.sizes[1]
        latent_q, c, k_rope = F.linear(x, self.a_proj).split(self.sizes, -1)
        q = F.linear(rms_norm(latent_q, self.q_norm, eps), self.q_b).view(self.heads, -1)
        row = torch.cat([rms_norm(c, self.kv_norm, eps), rotate(k_rope, cos, sin)], -1)
        self.cache.index_copy_(0, position, row)
        seen = self.cache if self.static else self.cache[:length]
        absorbed = torch.bmm(q[:, None, : self.nope], self.absorb_keys)[:, 0]
        q = torch.cat([absorbed, rotate(q[:, self.nope :], cos, sin)], -1)
        scores = (q @ seen.T).float() * (self.nope + self.sizes[2]) ** -0.5
        if self.static:
            scores = scores.masked_fill(torch.arange(len(seen)) > position, float("-inf"))
        z = scores.softmax(-1).to(x.dtype) @ seen[:, :latent]
        return F.linear(torch.bmm(z[:, None], self.absorb_values).flatten()[None], self.o_proj)

    def experts(self, u: Tensor) -> Tensor:
        chosen, weights = route(self.c, F.linear(u.float(), self.router), self.bias)
        gate_up = self.experts_gate_up.index_select(0, chosen[0])
        h = swiglu(F.linear(u, gate_up.flatten(0, 1)).view(gate_up.shape[:2]))
        h = h * weights[0, :, None].to(h.dtype)
        return h.flatten()[None] @ self.experts_down.index_select(0, chosen[0]).flatten(0, 1)

    def forward(self, x: Tensor, position: Tensor, length: int, cos: Tensor, sin: Tensor) -> Tensor:
        eps = self.c["rms_norm_eps"]
        x = x + self.attention(rms_norm(x, self.input_norm, eps), position, length, cos, sin)
        u = rms_norm(x, self.post_norm, eps)
        y = F.linear(swiglu(F.linear(u, self.gate_up)), self.down)
        return x + (y + self.experts(u) if self.moe else y)


class Decoder(nn.Module):
    """The main model; call it with positions 0, 1, 2.. in this order, length = position + 1 (0 when static)."""

    def __init__(self, model: Model, dtype: torch.dtype, positions: int, static: bool):
        super().__init__()
        self.eps = model.c["rms_norm_eps"]
        self.layers = nn.ModuleList(DecoderLayer(b, dtype, positions, static) for b in model.blocks[:-1])
        for name in ("embedding", "norm", "head", "table"):
            self.register_buffer(name, getattr(model, name).detach().to(dtype).clone())

    def forward(self, token: Tensor, position: Tensor, length: int) -> tuple[Tensor, Tensor]:
        """token [1], position [1] -> the most probable next token [1] and the logits [1, V]."""
        x = self.embedding.index_select(0, token)
        cos, sin = self.table.index_select(1, position).unbind(0)
        for layer in self.layers:
            x = layer(x, position, length, cos, sin)
        logits = F.linear(rms_norm(x, self.norm, self.eps), self.head)
        return logits.argmax(-1), logits
