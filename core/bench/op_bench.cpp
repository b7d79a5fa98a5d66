// Sizes and calls.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/op_bench.h"

#include "core/bench/library_product.h"
#include "core/train/read_bandwidth.h"
#include "core/train/matrix_peak.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace triptych {

namespace {

using selftest::CaseSize;

struct SizeRule {
    std::string_view prefix; ///< of the op's name
    CaseSize size;
};

/// The first that fits. What tokens and width mean for an op stands beside its case in kernels/selftest.
constexpr std::array kSizes = {
    SizeRule{"linear_", {.tokens = 2048, .width = 64}},         // 640 to 448 columns
    SizeRule{"grouped_linear_", {.tokens = 2048, .width = 64}}, // the same for six experts together
    SizeRule{"attention_weights", {.tokens = 64, .width = 6}},  // 453 queries of heads 66 wide
    SizeRule{"attention_", {.tokens = 8, .width = 6}},          // eight sequences of 453
    SizeRule{"latent_attention", {.tokens = 16, .width = 16}},  // 32 queries of 16 heads over 905 positions
    SizeRule{"absorb_query", {.tokens = 16, .width = 64}},      // 128 queries of 16 heads, 448 latents
    SizeRule{"project_latent_value", {.tokens = 16, .width = 64}},
    SizeRule{"router_", {.tokens = 4096, .width = 16}}, // 8 of 96 experts
    SizeRule{"balance_loss_", {.tokens = 4096, .width = 16}},
    SizeRule{"plan_dispatch", {.tokens = 4096, .width = 16}},
    SizeRule{"permute_", {.tokens = 2048, .width = 16}}, // 16384 rows of 160
    SizeRule{"combine_", {.tokens = 2048, .width = 16}},
};
constexpr CaseSize kRows = {.tokens = 4096, .width = 32}; ///< 320 columns, or four million values

/// Many calls of one op.
OpBenchRow measure(const selftest::OpCase& op, Stream& stream, DType dtype, std::int64_t repetitions)
{
    const Repetition repetition{.asked = repetitions, .seconds = 0.15, .least = 5, .most = 1000};
    OpBenchRow row;
    row.size = bench_size(op.name);
    const selftest::RepeatableCall call = op.prepare(stream, dtype, row.size);
    row.cost = call.cost;
    call.run(); // the first makes the kernel and touches the memory
    std::vector<double> seconds;
    const auto start = std::chrono::steady_clock::now();
    do {
        seconds.push_back(seconds_of(call.run));
        ++row.calls;
    } while (repetition.share_done(row.calls, seconds_since(start)) < 1);
    row.seconds = spread_of(std::move(seconds));
    return row;
}

} // namespace

CaseSize bench_size(std::string_view op)
{
    const auto rule =
        std::find_if(kSizes.begin(), kSizes.end(), [op](const SizeRule& r) { return op.starts_with(r.prefix); });
    return rule != kSizes.end() ? rule->size : kRows;
}

Result<DType> op_dtype(const std::string& precision)
{
    if (precision == "f32" || precision == "auto") return DType::F32;
    if (precision == "bf16") return DType::BF16;
    if (precision == "f64") return DType::F64;
    return Error{fmt::format("ops have no cases in precision \"{}\" in this version", precision),
                 "Use f32 or bf16, or f64 for the reference."};
}

Result<OpBench> bench_ops(const BenchRequest& request, std::span<const selftest::OpCase> cases,
                          const BenchProgress& progress)
{
    const auto dtype = op_dtype(request.precision);
    if (!dtype) return dtype.error();
    OpBench result;
    result.precision = request.precision == "auto" ? "f32" : request.precision;
    result.threads = bench_threads(request);
    Stream stream(Device{}, static_cast<int>(result.threads));
    const ReadBandwidth memory(static_cast<int>(result.threads));
    LibraryProduct library(*dtype, static_cast<int>(result.threads));
    std::vector<double> peaks;
    std::vector<double> rates;
    const auto measure_limits = [&] {
        peaks.push_back(std::max(measure_matrix_peak(stream, *dtype), library.measure()));
        rates.push_back(memory.measure());
    };
    for (const selftest::OpCase& op : cases) {
        if (*dtype == DType::BF16 && op.bfloat16 == selftest::Bfloat16::No) continue;
        measure_limits();
        result.rows.push_back(measure(op, stream, *dtype, request.repetitions));
        if (progress) progress(static_cast<double>(result.rows.size()) / static_cast<double>(cases.size()));
    }
    measure_limits();
    result.matrix_peak = spread_of(std::move(peaks));
    result.read_bandwidth = spread_of(std::move(rates));
    return result;
}

} // namespace triptych
