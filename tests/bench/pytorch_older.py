# What pytorch_model.py needs of PyTorch 2.x, for PyTorch 1.13, which Debian 12 installs.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Import it before pytorch_model.py. Adds what is missing and leaves alone what is there; nothing here can be compiled.
Everything is written as whoever has this version writes it."""

import math
import types

import torch
import torch.nn.functional as F
from torch import Tensor


class CustomOp:
    """torch.library.custom_op as a function of autograd."""

    def __init__(self, forward):
        self.run = forward

    def register_fake(self, _) -> None:
        pass

    def register_autograd(self, backward, setup_context) -> None:
        forward = self.run

        class Function(torch.autograd.Function):
            @staticmethod
            def forward(ctx, *inputs):
                output = forward(*inputs)
                setup_context(ctx, inputs, output)
                return output

            @staticmethod
            def backward(ctx, *gradients):
                return backward(ctx, *gradients)

        self.run = Function.apply

    def __call__(self, *inputs):
        return self.run(*inputs)


def rms_norm(x: Tensor, shape: tuple, gain: Tensor, eps: float) -> Tensor:
    return x * torch.rsqrt(x.float().square().mean(-1, keepdim=True) + eps).to(x.dtype) * gain


def scaled_dot_product_attention(q: Tensor, k: Tensor, v: Tensor, is_causal: bool) -> Tensor:
    """q, k, v [B, heads, T, width]; whole scores, as there is no fused kernel."""
    scores = (q @ k.transpose(-1, -2)) * (1 / math.sqrt(q.shape[-1]))
    if is_causal:
        later = torch.ones(q.shape[-2], k.shape[-2], dtype=torch.bool).triu(1)
        scores = scores.masked_fill(later, float("-inf"))
    return torch.softmax(scores, -1, dtype=torch.float32).to(v.dtype) @ v


def add_what_is_missing() -> None:
    if not hasattr(torch.library, "custom_op"):
        torch.library.custom_op = lambda name, mutates_args: CustomOp
    if not hasattr(torch, "compiler"):
        torch.compiler = types.SimpleNamespace(is_compiling=lambda: False)
    if not hasattr(F, "rms_norm"):
        F.rms_norm = rms_norm
    if not hasattr(F, "scaled_dot_product_attention"):
        F.scaled_dot_product_attention = scaled_dot_product_attention


add_what_is_missing()
