// How many directions the cached latents of a layer use: their effective rank, on a sample of the data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/token_batch.h"
#include "core/session/probe_reader.h"

#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// Tokens whose latents are looked at, at most.
inline constexpr std::int64_t kRankTokens = 256;

/// By layer as in tensor names, MTP blocks last.
struct LatentRank {
    std::vector<float> layers;
    std::int64_t bound = 0; ///< min(tokens, kv_lora_rank), which no layer exceeds
};

/// exp(entropy of the normalised singular values) of the matrix [rows, columns]: k for k orthogonal directions that are
/// equally strong (Roy and Vetterli, 2007). 0 for a matrix of zeros, not-a-number where it has such a number.
double effective_rank(std::span<const float> matrix, std::int64_t rows, std::int64_t columns);

/// The beginnings of up to four sequences of a batch, kRankTokens tokens in all: neighbours say much the same, so that
/// several texts use more directions than one. Inputs alone.
TokenBatch rank_sample(const TokenBatch& batch);

/// One forward pass of the sample without the head, and the eigenvalues of a matrix [b, b] for each layer, b the bound.
LatentRank read_latent_rank(const ProbeModel& model, const TokenBatch& sample);

} // namespace triptych
