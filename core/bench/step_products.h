// The matrix products of one training step, as sizes: what no training can leave out, whoever multiplies.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "kernels/base/write_mode.h"

#include <cstdint>
#include <vector>

namespace triptych {

/// y [m, n] = x [m, k] w [k, n], `count` times in a step.
struct StepProduct {
    enum class Part : std::uint8_t { Dense = 1, Experts, Attention };
    enum class Left : std::uint8_t { Plain = 1, Transposed };          ///< x lies as it is named, or as [k, m]
    enum class Right : std::uint8_t { Packed = 1, Plain, Transposed }; ///< weights; values; values that lie as [n, k]
    enum class Operands : std::uint8_t { Narrow = 1, Wide };           ///< of Precision; the router's are wide

    Part part = Part::Dense;
    std::int64_t m = 0;
    std::int64_t n = 0;
    std::int64_t k = 0;
    std::int64_t count = 0;
    std::int64_t copies = 1; ///< sets of operands that the `count` go around among: one for each expert of a layer
    Left left = Left::Plain;
    Right right = Right::Packed;
    WriteMode mode = WriteMode::Overwrite; ///< Accumulate: y is added to
    Operands operands = Operands::Narrow;

    /// Of one of them; a multiply and an add are two.
    double flops() const { return 2.0 * static_cast<double>(m) * static_cast<double>(n) * static_cast<double>(k); }
    /// Whether both are the same but for `count`.
    bool is_alike(const StepProduct& other) const;
};

/// Forward, input gradient and weight gradient of every linear layer, of the experts with tokens spread evenly, and of
/// the head for every depth of MTP; attention in causal blocks of 64 queries, whose backward makes the scores anew.
/// Alike products of different layers are one entry. The configuration must be valid.
std::vector<StepProduct> products_of_step(const ModelConfig& model, std::int64_t batch_size,
                                          std::int64_t sequence_length);

/// FLOPs of all of them, or of one part.
double flops_of(const std::vector<StepProduct>& products);
double flops_of(const std::vector<StepProduct>& products, StepProduct::Part part);

} // namespace triptych
