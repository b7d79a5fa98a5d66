// The steps and what is measured around them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/train_bench.h"

#include "core/bench/bench_source.h"
#include "core/bench/library_product.h"
#include "core/session/memory_need.h"
#include "core/train/matrix_peak.h"
#include "core/train/trainer.h"
#include "core/util/system_memory.h"

#include <algorithm>
#include <chrono>

namespace triptych {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kWarmUp = 3; ///< steps, the first of all included

/// Everything that is timed, after the warm-up.
class Measurement {
public:
    Measurement(Trainer& trainer, std::optional<ProductFloor> floor)
        : m_trainer(trainer), m_floor(std::move(floor)),
          m_library(trainer.model().precision().narrow, trainer.stream().threads())
    {}

    void take_turns(const Repetition& repetition, const BenchProgress& progress)
    {
        const auto start = Clock::now();
        for (std::int64_t done = 0;;) {
            measure_peak();
            measure_step();
            if (m_floor) m_floors.push_back(m_floor->measure());
            if (done++ % 2 == 0) observe_step();
            const double share = repetition.share_done(done, seconds_since(start));
            if (progress) progress(share);
            if (share >= 1) break;
        }
        measure_peak();
    }

    void read_into(TrainBench& result) const
    {
        result.steps = static_cast<std::int64_t>(m_steps.size());
        result.step_seconds = spread_of(m_steps);
        result.matrix_peak = spread_of(m_peaks);
        result.page_faults = spread_of(m_faults).median;
        result.profile = median_profile(m_profiles);
        if (m_floor) result.floor = floor();
        result.loss = m_last.loss;
        result.max_vio = m_last.max_vio;
    }

private:
    FloorBench floor() const
    {
        const auto spread = [&](auto&& seconds) {
            std::vector<double> values;
            for (const FloorTimes& times : m_floors) values.push_back(seconds(times));
            return spread_of(std::move(values));
        };
        return {.seconds = spread([](const FloorTimes& t) { return t.sum(); }),
                .parts = {.dense = spread([](const FloorTimes& t) { return t.dense; }).median,
                          .experts = spread([](const FloorTimes& t) { return t.experts; }).median,
                          .attention = spread([](const FloorTimes& t) { return t.attention; }).median}};
    }
    /// The better one of our product and the library's.
    void measure_peak()
    {
        const double ours = measure_matrix_peak(m_trainer.stream(), m_trainer.model().precision().narrow);
        m_peaks.push_back(std::max(ours, m_library.measure()));
    }
    void measure_step()
    {
        const std::int64_t faults = page_faults();
        m_steps.push_back(seconds_of([&] { m_last = m_trainer.step(); }));
        m_faults.push_back(static_cast<double>(page_faults() - faults));
    }
    void observe_step()
    {
        m_trainer.stream().set_observer(&m_times);
        m_times.start();
        m_last = m_trainer.step();
        m_times.stop();
        m_trainer.stream().set_observer(nullptr);
        m_profiles.push_back(m_times.profile());
    }

    Trainer& m_trainer;
    std::optional<ProductFloor> m_floor;
    LibraryProduct m_library;
    OpTimes m_times;
    std::vector<double> m_steps;
    std::vector<double> m_peaks;
    std::vector<double> m_faults;
    std::vector<FloorTimes> m_floors;
    std::vector<OpProfile> m_profiles;
    StepReport m_last;
};

/// None where nobody asked for it.
Result<std::optional<ProductFloor>> floor_of(const RunSetup& setup, MeasureFloor wanted, int threads)
{
    if (wanted == MeasureFloor::No) return std::optional<ProductFloor>();
    auto floor = ProductFloor::make(setup.model, setup.train.batch_size, setup.train.sequence_length,
                                    setup.precision.narrow, setup.precision.wide, threads);
    if (!floor) return floor.error();
    floor->measure(); // the first one touches the pages
    return std::optional<ProductFloor>(floor.take());
}

} // namespace

Result<TrainBench> bench_training(const BenchRequest& request, const BenchProgress& progress)
{
    const auto start = Clock::now();
    const auto setup = bench_setup(request);
    if (!setup) return setup.error();
    if (const Status fits = check_memory(*setup); !fits) return fits.error();
    if (request.floor == MeasureFloor::Yes)
        if (const Status possible = ProductFloor::is_possible(setup->precision.narrow); !possible)
            return possible.error();
    const ModelConfig& model = setup->model;
    TrainBench result;
    result.train = setup->train;
    result.parameters = count_parameters(model);

    const BenchSource source(model.vocab_size, setup->train.batch_size, setup->train.sequence_length,
                             model.num_nextn_predict_layers);
    Trainer trainer(model, setup->train, *setup->router, setup->precision, source, setup->schedule_steps);
    trainer.initialize();
    trainer.step();
    result.first_step_seconds = seconds_since(start);
    result.step_flops = trainer.step_flops();
    result.planned_bytes = static_cast<std::int64_t>(trainer.params().bytes() + trainer.plan().bytes());
    if (progress) progress(0);
    for (std::int64_t step = 1; step < kWarmUp; ++step) trainer.step();

    auto floor = floor_of(*setup, request.floor, trainer.stream().threads());
    if (!floor) return floor.error();
    Measurement measurement(trainer, floor.take());
    measurement.take_turns({.asked = request.repetitions, .seconds = 20, .least = 5, .most = 200}, progress);
    measurement.read_into(result);
    result.peak_resident_bytes = peak_resident_bytes();
    return result;
}

} // namespace triptych
