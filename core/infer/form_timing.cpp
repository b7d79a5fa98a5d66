// Attention blocks alone, one behind the other, as a decoding model runs them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/form_timing.h"

#include "core/cost/memory.h"
#include "core/infer/latent_cache.h"
#include "core/model/mla_attention.h"
#include "core/util/system_memory.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>

namespace triptych {

namespace {

constexpr std::int64_t kLongest = kTimedContexts[std::size(kTimedContexts) - 1];
constexpr double kSecondsEach = 0.15; ///< of repetitions of one form at one context
constexpr double kTooLong = 0.5;      ///< seconds of one token, beyond which nothing longer is begun
constexpr std::size_t kMostRepetitions = 25;

double seconds_of(const std::function<void()>& work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void fill(View<2> view, float value)
{
    for (std::int64_t row = 0; row < view.size(0); ++row)
        std::fill_n(view.as<float>() + row * view.row_stride(), view.size(1), value);
}

class AttentionStack {
public:
    AttentionStack(const ModelConfig& config, int threads)
        : m_stream(Device{}, threads), m_rope(config, DType::F32, kLongest), m_blocks(blocks(config)),
          m_params(Device{}, DType::F32, rows(), StoreFor::Inference), m_cache(config, Device{}, DType::F32, kLongest),
          m_plan(PlanFor::Inference)
    {
        m_params.initialize(1, config.initializer_range);
        m_positions = m_plan.keep<1>("position", DType::I32, {1});
        m_x = m_plan.keep<2>("x", DType::F32, {1, config.hidden_size});
        m_y = m_plan.keep<2>("y", DType::F32, {1, config.hidden_size});
        const TokenShape shape{.batch = 1, .length = 1, .cache_length = kLongest};
        for (const auto& block : m_blocks) block->plan(m_plan, {DType::F32, DType::F32}, shape);
        m_workspace = std::make_unique<Workspace>(Device{}, m_plan);
        fill(m_workspace->at(m_x), 0.1F);
        for (std::int64_t layer = 0; layer < config.num_hidden_layers; ++layer) {
            fill(m_cache.latent(layer, 0, kLongest), 0.3F);
            fill(m_cache.rope_key(layer, 0, kLongest), 0.2F);
        }
    }

    /// One token, the last of `context` positions, through all layers.
    double token(std::int64_t context, AttentionForm form)
    {
        m_cache.truncate(0);
        m_cache.advance(context - 1);
        Pass pass{.stream = m_stream, .workspace = *m_workspace, .params = m_params};
        pass.phase = Phase::Decode;
        pass.shape = {.batch = 1, .length = 1, .cache_length = kLongest};
        pass.cache = &m_cache;
        pass.form = form;
        const View<1> positions = m_workspace->at(m_positions);
        *positions.as<std::int32_t>() = static_cast<std::int32_t>(context - 1);
        pass.positions = positions;
        return seconds_of([&] {
            for (const auto& block : m_blocks) block->forward(pass, m_workspace->at(m_x), m_workspace->at(m_y));
        });
    }

private:
    std::vector<std::unique_ptr<MlaAttention>> blocks(const ModelConfig& config) const
    {
        std::vector<std::unique_ptr<MlaAttention>> result;
        for (std::int64_t layer = 0; layer < config.num_hidden_layers; ++layer)
            result.push_back(std::make_unique<MlaAttention>(config, layer, m_rope));
        return result;
    }
    ParamRows rows() const
    {
        ParamRows rows;
        for (const auto& block : m_blocks) block->declare(rows);
        return rows;
    }

    Stream m_stream;
    RopeTable m_rope;
    std::vector<std::unique_ptr<MlaAttention>> m_blocks;
    ParamStore m_params;
    LatentCache m_cache;
    Planner m_plan;
    Slot<1> m_positions;
    Slot<2> m_x;
    Slot<2> m_y;
    std::unique_ptr<Workspace> m_workspace;
};

/// Bytes of weights and cache of such a stack, and of the expanded keys and values.
std::int64_t stack_bytes(const ModelConfig& c)
{
    const std::int64_t query = c.num_attention_heads * c.qk_head_dim();
    const std::int64_t expanded = c.num_attention_heads * (c.qk_nope_head_dim + c.v_head_dim);
    const std::int64_t q_weights = c.q_lora_rank > 0 ? c.q_lora_rank * (c.hidden_size + query) : c.hidden_size * query;
    const std::int64_t weights = q_weights + c.hidden_size * (c.kv_lora_rank + c.qk_rope_head_dim) +
                                 c.kv_lora_rank * expanded + c.num_attention_heads * c.v_head_dim * c.hidden_size;
    const std::int64_t cache = kLongest * (c.kv_lora_rank + c.qk_rope_head_dim);
    return 4 * (c.num_hidden_layers * (weights + cache) + kLongest * expanded);
}

Status check_room(const ModelConfig& config)
{
    const std::int64_t machine = system_memory_bytes();
    const std::int64_t need = stack_bytes(config);
    const std::int64_t free = machine - resident_bytes();
    if (machine == 0 || need <= free / 2) return {};
    return Error{fmt::format("both forms of attention would take {} to be measured, and about {} are free",
                             bytes_text(need), bytes_text(std::max<std::int64_t>(free, 0))),
                 "Measure on a machine with more memory; the formulas hold on any."};
}

class FormClock {
public:
    FormClock(AttentionStack& stack, AttentionForm form, const std::stop_token& stop)
        : m_stack(stack), m_form(form), m_stop(stop)
    {}

    /// The median; not-a-number where a shorter context took long already, or it was stopped.
    double measure(std::int64_t context)
    {
        const double none = std::numeric_limits<double>::quiet_NaN();
        if (m_last > kTooLong || m_stop.stop_requested()) return none;
        m_last = m_stack.token(context, m_form); // the first one warms up
        std::vector<double> times;
        double spent = m_last;
        while (spent < kSecondsEach && times.size() < kMostRepetitions && !m_stop.stop_requested()) {
            times.push_back(m_stack.token(context, m_form));
            spent += times.back();
        }
        if (m_stop.stop_requested()) return none;
        if (times.empty()) return m_last;
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
        std::nth_element(times.begin(), middle, times.end());
        return *middle;
    }

private:
    AttentionStack& m_stack;
    AttentionForm m_form;
    const std::stop_token& m_stop;
    double m_last = 0;
};

} // namespace

Status time_forms(const ModelConfig& config, int threads, const std::stop_token& stop,
                  const std::function<void(const FormTime&)>& told)
{
    if (const Status room = check_room(config); !room) return room;
    try {
        AttentionStack stack(config, threads);
        FormClock absorbed(stack, AttentionForm::Absorbed, stop);
        FormClock materialized(stack, AttentionForm::Materialized, stop);
        for (const std::int64_t context : kTimedContexts) {
            const FormTime time{context, absorbed.measure(context), materialized.measure(context)};
            if (stop.stop_requested()) return {};
            told(time);
        }
    } catch (const std::exception& e) {
        return Error{std::string("the forms of attention could not be measured: ") + e.what(),
                     "This is a defect or a lack of memory: note the message. The run is not touched by it."};
    }
    return {};
}

} // namespace triptych
