// How fast single ops are, at sizes of a small training.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/bench_setup.h"
#include "core/bench/repetition.h"
#include "kernels/selftest/op_case.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

struct OpBenchRow {
    OpCost cost; ///< of one call
    selftest::CaseSize size;
    Spread seconds; ///< of one call
    std::int64_t calls = 0;
    double flop_rate() const { return cost.flops / seconds.median; }
    double byte_rate() const { return cost.bytes / seconds.median; }
};

struct OpBench {
    std::string precision;
    std::int64_t threads = 0;
    std::vector<OpBenchRow> rows; ///< in the order of the cases
    Spread matrix_peak;           ///< FLOP/s of f32 products, measured between the ops
    Spread read_bandwidth;        ///< bytes per second, likewise
};

/// A size at which a call takes a tenth of a millisecond to some twenty on a few cores: thousands of tokens for most.
selftest::CaseSize bench_size(std::string_view op);

/// The element type of a precision that ops have cases in: f32, f64, and bf16, which not all of them take.
Result<DType> op_dtype(const std::string& precision);

/// Each case again and again on the same tensors. Of the request only precision, threads and repetitions count. Error:
/// a precision that ops have no cases in.
Result<OpBench> bench_ops(const BenchRequest& request, std::span<const selftest::OpCase> cases,
                          const BenchProgress& progress = nullptr);

} // namespace triptych
