// Every op of the kernels as a benchmark, at the sizes of `triptych bench ops`; on one thread, and on one for each
// core.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/op_bench.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <string>
#include <thread>

namespace {

using namespace triptych;

void time_op(benchmark::State& state, const selftest::OpCase& op, int threads)
{
    try {
        Stream stream(Device{}, threads);
        const selftest::RepeatableCall call = op.prepare(stream, DType::F32, bench_size(op.name));
        call.run(); // the first makes the kernel and touches the memory
        for (auto _ : state) call.run();
        const auto rate_of = [](double amount) {
            return benchmark::Counter(amount, benchmark::Counter::kIsIterationInvariantRate);
        };
        state.counters["flops/s"] = rate_of(call.cost.flops);
        state.counters["bytes/s"] = rate_of(call.cost.bytes);
    } catch (const std::exception& e) {
        state.SkipWithError(e.what());
    }
}

/// "linear_forward/tokens:2048/width:64/threads:2".
std::string name_of(const selftest::OpCase& op, int threads)
{
    const selftest::CaseSize size = bench_size(op.name);
    return std::string(op.name) + "/tokens:" + std::to_string(size.tokens) + "/width:" + std::to_string(size.width) +
           "/threads:" + std::to_string(threads);
}

} // namespace

int main(int argc, char** argv)
{
    const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    for (const selftest::OpCase& op : selftest::op_cases())
        for (int threads = 1; threads <= cores; threads = threads < cores ? cores : cores + 1)
            benchmark::RegisterBenchmark(name_of(op, threads).c_str(),
                                         [&op, threads](benchmark::State& state) { time_op(state, op, threads); })
                ->UseRealTime()
                ->Unit(benchmark::kMillisecond);
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
