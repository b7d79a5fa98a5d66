# Runs transformers' DeepSeek models in float64 and gives their tensors the names of the files they came from.
# SPDX-License-Identifier: GPL-3.0-or-later
import logging
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import torch
import transformers
from torch import Tensor, nn
from transformers import AutoModelForCausalLM, PreTrainedModel, modeling_rope_utils
from transformers.models.deepseek_v2 import modeling_deepseek_v2
from transformers.models.deepseek_v3 import modeling_deepseek_v3

torch.set_num_threads(1)
logging.getLogger("transformers").setLevel(logging.ERROR)
transformers.utils.logging.disable_progress_bar()


class Torch64(ModuleType):
    """The torch module, except that float32 means float64: undoes the casts to F32 written into the models."""

    float32 = float = torch.float64

    def __getattr__(self, name: str) -> object:
        return getattr(torch, name)


def compute_in_float64() -> None:
    """Until the process ends, norms, router, softmax and rotary tables of the DeepSeek models work in float64."""
    for module in (modeling_rope_utils, modeling_deepseek_v2, modeling_deepseek_v3):
        module.torch = Torch64("torch64")
    Tensor.float = Tensor.double  # DeepseekV2 rotates x.float()


def mask_value_of_unchosen_groups() -> float:
    """What DeepseekV3's group-limited top-k gives to experts of other groups: -inf as in the paper, or 0.0."""
    source = Path(modeling_deepseek_v3.__file__).read_text()
    value = re.search(r"masked_fill\(~score_mask\.bool\(\), (.+)\)\n", source).group(1)
    return {"0.0": 0.0, 'float("-inf")': -math.inf}[value]


@contextmanager
def group_mask(value: float) -> Iterator[None]:
    """Inside, the group-limited top-k masks with this value whatever the installed version does.

    The models call Tensor.masked_fill nowhere else (eager attention adds its mask).
    """
    original = Tensor.masked_fill
    Tensor.masked_fill = lambda self, mask, _: original(self, mask, value)
    try:
        yield
    finally:
        Tensor.masked_fill = original


def load(folder: Path, dtype: torch.dtype = torch.float64) -> PreTrainedModel:
    """The folder as transformers opens it. A missing tensor is an error, and an unknown one outside MTP modules."""
    plain = {"attn_implementation": "eager", "experts_implementation": "eager"}
    model, info = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, output_loading_info=True, **plain)
    layers = model.config.num_hidden_layers
    unknown = [
        name
        for name in info["unexpected_keys"]
        if not (match := re.match(r"model\.layers\.(\d+)\.", name)) or int(match.group(1)) < layers
    ]
    if info["missing_keys"] or info["mismatched_keys"] or unknown:
        wrong = {"missing": info["missing_keys"], "misshapen": info["mismatched_keys"], "unknown": unknown}
        raise SystemExit(f"{folder}: {wrong}")
    return model.to(dtype).eval()


def per_expert(name: str, value: Tensor) -> dict[str, Tensor]:
    """Undoes the fusing of experts in memory: gate_up_proj [E, 2F, D], down_proj [E, D, F] to the files' tensors."""
    prefix, _, kind = name.rpartition(".")
    if kind == "gate_up_proj":
        half = value.shape[1] // 2
        parts = {"gate_proj": value[:, :half], "up_proj": value[:, half:]}
    elif kind == "down_proj" and prefix.endswith("experts"):
        parts = {"down_proj": value}
    else:
        return {name: value}
    return {f"{prefix}.{e}.{part}.weight": rows[e] for part, rows in parts.items() for e in range(value.shape[0])}


def gradients(model: nn.Module) -> dict[str, Tensor]:
    """The gradient of every parameter under its file name."""
    result: dict[str, Tensor] = {}
    for name, parameter in model.named_parameters():
        result.update(per_expert(name, parameter.grad))
    return result
