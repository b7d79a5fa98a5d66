# Writes ops/*.safetensors: single operations in NumPy and float64, so that no two backends can be wrong together.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: python make_numpy_reference.py [--out FOLDER]

Gradients are written out by hand and checked here against central differences of the forward formula.
"""

import argparse
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy import ndarray as Array
from safetensors.numpy import save_file

Tensors = dict[str, Array]


def scalar(value: float) -> Array:
    return np.array([value])


def exact(x: Array | float) -> Array:
    """Rounded to F32, as the file will hold it, so that results are those of the stored inputs."""
    return np.asarray(np.asarray(x, np.float32), np.float64)


def check_gradient(loss: Callable[[Array], float], at: Array, gradient: Array, name: str) -> None:
    """Compares a gradient, element by element, with central differences in float64."""
    step = 1e-5
    for index in np.ndindex(at.shape):
        moved = at.copy()
        moved[index] += step
        above = loss(moved)
        moved[index] -= 2 * step
        difference = (above - loss(moved)) / (2 * step)
        if abs(difference - gradient[index]) > 1e-8 * max(1.0, abs(difference)):
            raise SystemExit(f"{name}{list(index)}: gradient {gradient[index]}, difference quotient {difference}")


# RMSNorm


def rms_norm(x: Array, gain: Array, eps: float) -> tuple[Array, Array]:
    rstd = 1.0 / np.sqrt((x * x).mean(-1) + eps)
    return x * rstd[:, None] * gain, rstd


def rms_norm_case(rng: np.random.Generator) -> Tensors:
    """Rows of very different size, one of them zero: there eps rules."""
    eps = 1e-6
    x = exact(rng.normal(size=(5, 37)) * np.array([1.0, 1e-3, 50.0, 0.0, 1.0])[:, None])
    gain, dy = exact(rng.normal(1.0, 0.3, size=37)), exact(rng.normal(size=(5, 37)))
    y, rstd = rms_norm(x, gain, eps)
    xhat = x * rstd[:, None]
    dx = rstd[:, None] * (dy * gain - xhat * (dy * gain * xhat).mean(-1, keepdims=True))
    dgain = (dy * xhat).sum(0)
    plain = [0, 2, 4]  # the small rows bend within a difference step
    check_gradient(lambda v: (rms_norm(v, gain, eps)[0] * dy[plain]).sum(), x[plain], dx[plain], "rms_norm dx")
    check_gradient(lambda v: (rms_norm(x, v, eps)[0] * dy).sum(), gain, dgain, "rms_norm dgain")
    return {"x": x, "gain": gain, "eps": scalar(eps), "y": y, "rstd": rstd, "dy": dy, "dx": dx, "dgain": dgain}


# Router


def sigmoid(x: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-x))


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def largest(x: Array, count: int) -> list[int]:
    """Indices of the count largest in falling order; the lowest index wins a tie."""
    return sorted(range(len(x)), key=lambda i: (-x[i], i))[:count]


def without_weak_groups(decisive: Array, groups: int, kept: int) -> Array:
    """For one token: -inf in all but the best groups. A group counts as much as its two best members."""
    if groups == 1:
        return decisive
    members = decisive.reshape(groups, -1)
    best = largest(np.array([np.sort(m)[-2:].sum() for m in members]), kept)
    return np.where(np.isin(np.arange(groups), best)[:, None], members, -math.inf).reshape(-1)


def gate_weights(scores: Array, chosen: Array, normalize: bool, scaling: float) -> Array:
    weights = np.take_along_axis(scores, chosen, -1)
    return scaling * (weights / (weights.sum(-1, keepdims=True) + 1e-20) if normalize else weights)


def router(logits: Array, bias: Array, shape: tuple, normalize: bool, scaling: float, score: Callable) -> Tensors:
    """shape: groups, groups kept, experts chosen."""
    groups, kept, top_k = shape
    logits, bias = exact(logits), exact(bias)
    scores = score(logits)
    chosen = np.array([largest(without_weak_groups(row + bias, groups, kept), top_k) for row in scores])
    weights = gate_weights(scores, chosen, normalize, scaling)
    parameters = {"n_group": groups, "topk_group": kept, "normalize": normalize, "softmax": score is softmax}
    return {
        "logits": logits,
        "bias": bias,
        "scaling": scalar(scaling),
        "scores": scores,
        "experts": chosen,
        "weights": weights,
        **{name: np.array([int(value)]) for name, value in parameters.items()},
    }


def with_gradient(case: Tensors, dweights: Array, score: Callable) -> Tensors:
    """dlogits by central differences alone, the choice held still: a formula of its own is not needed."""
    chosen, normalize, scaling = case["experts"], bool(case["normalize"][0]), float(case["scaling"][0])
    logits, step = case["logits"], 1e-5
    dlogits = np.zeros_like(logits)
    for index in np.ndindex(logits.shape):
        sums = []
        for sign in (1, -1):
            moved = logits.copy()
            moved[index] += sign * step
            sums.append((gate_weights(score(moved), chosen, normalize, scaling) * dweights).sum())
        dlogits[index] = (sums[0] - sums[1]) / (2 * step)
    return case | {"dweights": dweights, "dlogits": dlogits}


def require_clear_choices(name: str, case: Tensors) -> None:
    """What decides is tied to the last bit in any precision, or far enough apart for F32. Ties only where meant."""
    groups, kept, top_k = int(case["n_group"][0]), int(case["topk_group"][0]), case["experts"].shape[-1]
    decisive = case["scores"] + case["bias"]
    sums = np.sort(np.sort(decisive.reshape(len(decisive), groups, -1))[..., -2:].sum(-1))
    allowed = np.array([without_weak_groups(row, groups, kept) for row in decisive])
    ranks = np.sort(allowed)[:, -min(top_k + 1, allowed.shape[-1] * kept // groups) :]
    gaps = np.concatenate([np.diff(sums).ravel(), np.diff(ranks).ravel()])
    if ((gaps > 0) & (gaps < 1e-6)).any() or (gaps == 0).any() != (name == "ties"):
        raise SystemExit(f"router {name}: smallest gap {gaps.min()}, smallest above zero {gaps[gaps > 0].min()}")


def router_cases(rng: np.random.Generator) -> Tensors:
    tied = rng.choice([-1.0, 0.0, 0.5, 2.0], size=(40, 16))
    tied[0] = 0.5  # everything equal
    cases = {
        "grouped": router(rng.normal(size=(33, 16)), rng.normal(0, 0.1, 16), (4, 2, 4), True, 2.5, sigmoid),
        "negative_bias": router(rng.normal(size=(33, 16)), rng.normal(-3, 0.2, 16), (4, 2, 4), True, 2.5, sigmoid),
        "ungrouped": router(rng.normal(size=(17, 7)), rng.normal(0, 0.1, 7), (1, 1, 3), False, 1.0, sigmoid),
        "v3": router(2 * rng.normal(size=(9, 256)), rng.normal(0, 0.1, 256), (8, 4, 8), True, 2.5, sigmoid),
        "softmax": router(rng.normal(size=(17, 10)), np.zeros(10), (1, 1, 3), False, 1.5, softmax),
        "ties": router(tied, np.zeros(16), (4, 2, 4), True, 2.5, sigmoid),
    }
    for name, case in cases.items():
        require_clear_choices(name, case)
        score = softmax if case["softmax"][0] else sigmoid
        cases[name] = with_gradient(case, exact(rng.normal(size=case["weights"].shape)), score)
    return {f"{name}.{key}": value for name, case in cases.items() for key, value in case.items()}


# YaRN with the numbers of DeepSeek-V3: report section 4.3


def yarn_case() -> Tensors:
    size, theta, factor, window, fast, slow, nope = 64, 10000.0, 40.0, 4096, 32.0, 1.0, 128

    def correction(turns: float) -> float:
        return size * math.log(window / (2 * math.pi * turns)) / (2 * math.log(theta))

    low, high = max(math.floor(correction(fast)), 0), min(math.ceil(correction(slow)), size - 1)
    plain = theta ** (-2.0 * np.arange(size // 2) / size)
    ramp = np.clip((np.arange(size // 2) - low) / (high - low), 0, 1)
    frequency = plain / factor * ramp + plain * (1 - ramp)
    temperature = 0.1 * 1.0 * math.log(factor) + 1
    scale = (nope + size) ** -0.5 * temperature**2
    if (low, high) != (10, 23) or abs(scale - 0.135234) > 5e-7:
        raise SystemExit(f"YaRN: range {low}..{high}, softmax scale {scale}: not DeepSeek-V3's")
    positions = np.array([0, 1, 2, 3, 17, 100, 1023, 4095, 4096, 32767, 131071, 163839])

    def table(f: Array) -> Array:
        angle = positions[:, None] * f
        return np.stack([np.cos(angle), np.sin(angle)], -1)

    return {
        "positions": positions,
        "inv_freq": frequency,
        "cos_sin": table(frequency),
        "softmax_scale": scalar(scale),
        "plain.inv_freq": plain,
        "plain.cos_sin": table(plain),
        "plain.softmax_scale": scalar((nope + size) ** -0.5),
    }


# Causal attention of MLA, materialised: report section 2.1.1, eq. 10-11


def attention(q: Array, kv: Array, k_rope: Array, dims: tuple, scale: float) -> tuple[Array, Array, Array]:
    """One sequence; the last Tq of Tk positions ask. Returns y [Tq, H*v], lse [Tq, H], p [H, Tq, Tk]."""
    heads, nope, rope, value = dims
    queries, keys = q.reshape(len(q), heads, nope + rope), kv.reshape(len(kv), heads, nope + value)
    y, lse = np.zeros((len(q), heads, value)), np.zeros((len(q), heads))
    p = np.zeros((heads, len(q), len(kv)))
    for h in range(heads):
        for i in range(len(q)):
            seen = i + len(kv) - len(q) + 1
            s = scale * (keys[:seen, h, :nope] @ queries[i, h, :nope] + k_rope[:seen] @ queries[i, h, nope:])
            lse[i, h] = s.max() + math.log(np.exp(s - s.max()).sum())
            p[h, i, :seen] = np.exp(s - lse[i, h])
            y[i, h] = p[h, i, :seen] @ keys[:seen, h, nope:]
    return y.reshape(len(q), -1), lse, p


def attention_gradients(
    q: Array, kv: Array, k_rope: Array, dims: tuple, scale: float, dy: Array
) -> tuple[Array, Array, Array]:
    heads, nope, _, value = dims
    _, _, p = attention(q, kv, k_rope, dims, scale)
    queries, keys = q.reshape(len(q), heads, -1), kv.reshape(len(kv), heads, -1)
    dyh = dy.reshape(len(q), heads, value)
    dq, dkv, dk_rope = np.zeros_like(queries), np.zeros_like(keys), np.zeros_like(k_rope)
    for h in range(heads):
        dp = dyh[:, h] @ keys[:, h, nope:].T
        ds = scale * p[h] * (dp - (p[h] * dp).sum(-1, keepdims=True))
        dq[:, h] = np.concatenate([ds @ keys[:, h, :nope], ds @ k_rope], -1)
        dkv[:, h] = np.concatenate([ds.T @ queries[:, h, :nope], p[h].T @ dyh[:, h]], -1)
        dk_rope += ds.T @ queries[:, h, nope:]
    return dq.reshape(q.shape), dkv.reshape(kv.shape), dk_rope


def attention_case(rng: np.random.Generator) -> Tensors:
    """Two sequences of 11 with gradients, and the last 3 positions of each asked against all keys, as with a cache."""
    dims, scale, length, late = (3, 6, 4, 5), 0.375, 11, 3
    heads, nope, rope, value = dims
    widths = (heads * (nope + rope), heads * (nope + value), rope, heads * value)
    q, kv, k_rope, dy = (exact(rng.normal(size=(2, length, width))) for width in widths)
    kv[1] *= 8  # scores far apart: the softmax saturates
    sequences = [attention(q[b], kv[b], k_rope[b], dims, scale) for b in range(2)]
    grads = [attention_gradients(q[b], kv[b], k_rope[b], dims, scale, dy[b]) for b in range(2)]

    def loss(*inputs: Array) -> float:
        return (attention(*inputs, dims, scale)[0] * dy[0]).sum()

    check_gradient(lambda v: loss(v, kv[0], k_rope[0]), q[0], grads[0][0], "attention dq")
    check_gradient(lambda v: loss(q[0], v, k_rope[0]), kv[0], grads[0][1], "attention dkv")
    check_gradient(lambda v: loss(q[0], kv[0], v), k_rope[0], grads[0][2], "attention dk_rope")
    cached = [attention(q[b, -late:], kv[b], k_rope[b], dims, scale) for b in range(2)]
    if not all(np.allclose(cached[b][0], sequences[b][0][-late:], rtol=0, atol=1e-14) for b in range(2)):
        raise SystemExit("attention: asking late positions alone gives another answer")
    result = {"q": q, "kv": kv, "k_rope": k_rope, "dy": dy, "scale": scalar(scale)}
    for index, name in enumerate(("y", "lse", "weights")):
        result[name] = np.stack([sequence[index] for sequence in sequences])
    for index, name in enumerate(("dq", "dkv", "dk_rope")):
        result[name] = np.stack([grad[index] for grad in grads])
    result["cached.q"] = q[:, -late:]
    result["cached.y"] = np.stack([part[0] for part in cached])
    result["head_shape"] = np.array(dims)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(usage=__doc__.removeprefix("Usage: "))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "ops", help="folder to write to")
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(1)
    files = {
        "rms_norm": rms_norm_case(rng),
        "router": router_cases(rng),
        "yarn": yarn_case(),
        "attention": attention_case(rng),
    }
    for name, tensors in files.items():
        stored = {n: t.astype(np.float32 if t.dtype.kind == "f" else np.int64) for n, t in sorted(tensors.items())}
        file = folder / f"{name}.safetensors"
        save_file(stored, file)
        print(f"{name:10} {len(stored):3} tensors  {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
