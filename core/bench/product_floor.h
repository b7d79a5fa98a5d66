// The floor under a training step: all of its matrix products by oneDNN, and nothing else, on this machine.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/step_products.h"
#include "core/util/result.h"
#include "kernels/base/dtype.h"

#include <memory>

namespace triptych {

/// Seconds of the products of one step.
struct FloorTimes {
    double dense = 0;     ///< linear layers and head, each on all threads, weights packed before
    double experts = 0;   ///< spread over the threads, each a product of one thread, the largest first
    double attention = 0; ///< likewise, every block of every head

    double sum() const { return dense + experts + attention; }
};

/// Made once; measured in turns with the steps it is compared with. It is kinder than a training: alike layers share
/// their operands, which then may stay in the caches, one product does not wait for another but in the dense part, and
/// nothing is gathered, normalised, packed or updated.
class ProductFloor {
public:
    /// Whether the library multiplies this type on this CPU; the error says what to do otherwise.
    static Status is_possible(DType narrow);
    /// narrow, wide: what products and the router read, of Precision. threads: from 1. Errors: those of is_possible().
    static Result<ProductFloor> make(const ModelConfig& model, std::int64_t batch_size, std::int64_t sequence_length,
                                     DType narrow, DType wide, int threads);
    ProductFloor(ProductFloor&&) noexcept;
    ProductFloor& operator=(ProductFloor&&) noexcept;
    ~ProductFloor();

    /// All products of one step.
    FloorTimes measure();

    /// Largest relative error of what measure() computed: 0, or the products got in each other's way.
    double error() const;

private:
    struct Parts;
    explicit ProductFloor(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace triptych
