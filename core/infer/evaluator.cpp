// Windows over a text, and one pass over a sequence.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/evaluator.h"

#include "core/train/trainer.h"

#include <algorithm>

namespace triptych {

namespace {

/// Tokens of one pass over short windows: enough to keep the matrix products busy.
constexpr std::int64_t kTokensPerPass = 2048;

/// Plans once for the largest pass, then evaluates batches up to that size.
class Evaluation {
public:
    Evaluation(LoadedModel& loaded, std::int64_t batch, std::int64_t length)
        : m_loaded(loaded), m_plan(PlanFor::Inference)
    {
        loaded.model().plan(m_plan, {.batch = batch, .length = length});
        m_workspace = std::make_unique<Workspace>(loaded.stream().device(), m_plan);
    }

    void add(const TokenBatch& batch, const DepthLogitsSink& sink = nullptr)
    {
        Pass pass{.stream = m_loaded.stream(), .workspace = *m_workspace, .params = m_loaded.params()};
        pass.stats = &m_stats;
        const std::int64_t targets = count_targets(batch.targets[0]);
        m_result.nats += m_loaded.model().evaluate(pass, batch, sink).main * static_cast<double>(targets);
        m_result.predicted += targets;
    }

    std::int64_t predicted() const { return m_result.predicted; }
    TextEvaluation result() const
    {
        // An MTP module may have been run beside for its logits, with a made-up last token.
        RoutingStats main = m_stats;
        const auto layers = static_cast<std::size_t>(m_loaded.config().num_hidden_layers);
        main.counts.resize(std::min(main.counts.size(), layers));
        TextEvaluation result = m_result;
        result.max_vio = mean_max_violation(main);
        return result;
    }

private:
    LoadedModel& m_loaded;
    Planner m_plan;
    std::unique_ptr<Workspace> m_workspace;
    RoutingStats m_stats;
    TextEvaluation m_result;
};

/// `batch` windows of `length` predictions each, end to end from token number `first` on.
TokenBatch windows(std::span<const std::int32_t> tokens, std::int64_t first, std::int64_t batch, std::int64_t length)
{
    const auto count = static_cast<std::size_t>(batch * length);
    const auto inputs = tokens.subspan(static_cast<std::size_t>(first), count);
    const auto targets = tokens.subspan(static_cast<std::size_t>(first) + 1, count);
    return {.batch = batch,
            .length = length,
            .inputs = {{inputs.begin(), inputs.end()}},
            .targets = {{targets.begin(), targets.end()}},
            .domains = {}};
}

void append(std::vector<float>& all, ConstView<2> logits, std::int64_t rows)
{
    for (std::int64_t r = 0; r < rows; ++r) {
        const float* row = logits.as<float>() + r * logits.row_stride();
        all.insert(all.end(), row, row + logits.size(1));
    }
}

} // namespace

TextEvaluation evaluate_text(LoadedModel& loaded, std::span<const std::int32_t> tokens, std::int64_t window,
                             const std::function<bool(std::int64_t)>& on_progress)
{
    const std::int64_t targets = std::max<std::int64_t>(static_cast<std::int64_t>(tokens.size()) - 1, 0);
    const std::int64_t length = std::clamp<std::int64_t>(window, 1, std::max<std::int64_t>(targets, 1));
    const std::int64_t batch =
        std::clamp<std::int64_t>(kTokensPerPass / length, 1, std::max<std::int64_t>(targets / length, 1));
    Evaluation evaluation(loaded, batch, length);
    while (evaluation.predicted() < targets) {
        const std::int64_t left = targets - evaluation.predicted();
        // Whole windows together, the shorter rest by itself.
        if (left >= length)
            evaluation.add(windows(tokens, evaluation.predicted(), std::min(batch, left / length), length));
        else
            evaluation.add(windows(tokens, evaluation.predicted(), 1, left));
        if (on_progress && !on_progress(evaluation.predicted())) break;
    }
    return evaluation.result();
}

SequenceLogits evaluate_sequence(LoadedModel& loaded, std::span<const std::int32_t> tokens)
{
    const auto length = static_cast<std::int64_t>(tokens.size());
    std::vector<std::int32_t> next(tokens.begin() + 1, tokens.end());
    next.push_back(-1); // nothing to be predicted after the last token
    TokenBatch batch{
        .batch = 1, .length = length, .inputs = {{tokens.begin(), tokens.end()}}, .targets = {next}, .domains = {}};
    const bool mtp = loaded.config().num_nextn_predict_layers > 0 && length > 1;
    if (mtp) {
        // Attention is causal: what stands in the last place changes no other row, and that row is not kept.
        next.back() = 0;
        batch.inputs.push_back(next);
    }
    SequenceLogits result;
    Evaluation evaluation(loaded, 1, length);
    evaluation.add(batch, [&](std::int64_t depth, std::int64_t first, ConstView<2> logits) {
        const std::int64_t wanted = std::min(logits.size(0), length - depth - first);
        append(depth == 0 ? result.logits : result.mtp_logits, logits, wanted);
    });
    result.evaluation = evaluation.result();
    return result;
}

} // namespace triptych
