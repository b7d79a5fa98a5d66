// Exponential smoothing of expert loads; shares by domain and by group, pairs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/load_tracker.h"

#include "core/session/balance_metrics.h"

#include <algorithm>
#include <utility>

namespace triptych {

LoadTracker::LoadTracker(std::int64_t experts, std::vector<std::string> domains, LoadShape shape)
    : m_experts(experts), m_domains(std::move(domains)), m_shape(shape)
{}

void LoadTracker::count_pairs(Counting count)
{
    if (count == m_count_pairs) return;
    m_count_pairs = count;
    for (auto& [index, layer] : m_layers) {
        layer.pairs.reset();
        layer.lift = {};
    }
}

void LoadTracker::count_words(Counting count)
{
    if (count == m_count_words) return;
    m_count_words = count;
    for (auto& [index, layer] : m_layers) {
        layer.vocabulary.reset();
        layer.words = {};
    }
}

bool LoadTracker::wants(const Tap& tap) const
{
    return tap.point == TapPoint::RouterExperts &&
           (!m_domains.empty() || m_shape.groups > 1 || m_shape.micro_steps > 1 || pairs_due() || words_due());
}

void LoadTracker::take(const Tap& tap, ConstView<2> experts)
{
    Layer& layer = m_layers[tap.layer];
    if (!m_domains.empty() && m_current && static_cast<std::int64_t>(m_current->size()) == experts.size(0))
        count_domains(layer, experts);
    if (m_shape.groups > 1) count_groups(layer, experts);
    if (m_shape.micro_steps > 1) count_micro_batch(layer, experts);
    if (words_due()) count_words_of(tap.layer, layer, experts);
    if (!pairs_due()) return;
    if (!layer.pairs) layer.pairs.emplace(m_experts);
    layer.pairs->count(experts);
}

/// Of an MTP module its own tokens, which are further on in the text.
void LoadTracker::count_words_of(std::int64_t index, Layer& layer, ConstView<2> experts) const
{
    if (!m_batch || m_shape.vocabulary == 0) return;
    const auto depth = static_cast<std::size_t>(std::max<std::int64_t>(0, index - m_shape.layers + 1));
    if (depth >= m_batch->inputs.size()) return;
    const std::vector<std::int32_t>& tokens = m_batch->inputs[depth];
    if (static_cast<std::int64_t>(tokens.size()) != experts.size(0)) return;
    if (!layer.vocabulary) layer.vocabulary.emplace(m_experts, m_shape.vocabulary);
    layer.vocabulary->count(tokens, experts);
}

void LoadTracker::set_tokens(const TokenBatch* batch, const Tokenizer& tokenizer)
{
    m_batch = batch;
    m_tokenizer = &tokenizer;
}

void LoadTracker::count_domains(Layer& layer, ConstView<2> experts) const
{
    auto& counts = layer.domain_counts;
    if (counts.empty()) counts.assign(m_domains.size(), std::vector<double>(static_cast<std::size_t>(m_experts)));
    const auto* chosen = experts.as<std::int32_t>();
    for (std::int64_t n = 0; n < experts.size(0); ++n) {
        const auto domain = static_cast<std::size_t>((*m_current)[static_cast<std::size_t>(n)]);
        if (domain >= counts.size()) continue; // padding and unlabelled documents
        for (std::int64_t k = 0; k < experts.size(1); ++k)
            counts[domain][static_cast<std::size_t>(chosen[n * experts.size(1) + k])] += 1;
    }
}

void LoadTracker::count_groups(Layer& layer, ConstView<2> experts) const
{
    layer.group_counts.resize(static_cast<std::size_t>(m_shape.groups));
    const std::int64_t experts_a_group = m_experts / m_shape.groups;
    const auto* chosen = experts.as<std::int32_t>();
    const std::int64_t k = experts.size(1);
    for (std::int64_t n = 0; n < experts.size(0); ++n, chosen += k)
        for (std::int64_t a = 0; a < k; ++a) {
            const std::int64_t group = chosen[a] / experts_a_group;
            const bool again =
                std::any_of(chosen, chosen + a, [&](std::int32_t e) { return e / experts_a_group == group; });
            if (!again) layer.group_counts[static_cast<std::size_t>(group)] += 1;
        }
    layer.tokens += static_cast<double>(experts.size(0));
}

void LoadTracker::count_micro_batch(Layer& layer, ConstView<2> experts) const
{
    // No more than a step has, also where nobody tells of its end.
    if (layer.micro_taken == static_cast<std::size_t>(m_shape.micro_steps)) layer.micro_taken = 0;
    if (layer.micro_taken == layer.micro_counts.size()) layer.micro_counts.emplace_back();
    std::vector<std::int64_t>& counts = layer.micro_counts[layer.micro_taken++];
    counts.assign(static_cast<std::size_t>(m_experts), 0);
    const auto* chosen = experts.as<std::int32_t>();
    for (std::int64_t i = 0; i < experts.count(); ++i) ++counts[static_cast<std::size_t>(chosen[i])];
}

/// At the end of the step, when it is known which experts were off in it.
void LoadTracker::measure_micro_batches(Layer& layer, ExpertsOff off)
{
    if (layer.micro_taken == 0) return;
    layer.micro_balance = {};
    const double share = 1 / static_cast<double>(layer.micro_taken);
    for (std::size_t i = 0; i < layer.micro_taken; ++i) {
        const BalanceMeasures one = measure_balance(layer.micro_counts[i], off);
        for (const BalanceMetric& of : kBalanceMetrics) layer.micro_balance.*of.measure += share * one.*of.measure;
    }
    layer.micro_taken = 0;
}

std::vector<BalanceMeasures> LoadTracker::micro_balance() const
{
    std::vector<BalanceMeasures> layers;
    if (m_shape.micro_steps < 2) return layers;
    for (const LayerLoad& load : m_last.loads) layers.push_back(m_layers.at(load.layer).micro_balance);
    return layers;
}

void LoadTracker::add(const StepReport& report)
{
    const bool counted_pairs = pairs_due();
    const bool counted_words = words_due();
    // Early steps count for more, so that the first picture is not a fade-in from zero.
    ++m_steps;
    const double rate = std::max(1.0 / kWindow, 1.0 / static_cast<double>(m_steps));
    for (const LayerLoad& load : report.loads) {
        Layer& layer = m_layers[load.layer];
        const auto ratio = utilisation(load.counts, report.control.off_in(load.layer));
        layer.smoothed.resize(ratio.size());
        layer.since.resize(ratio.size());
        for (std::size_t e = 0; e < ratio.size(); ++e) {
            layer.smoothed[e] += rate * (ratio[e] - layer.smoothed[e]);
            layer.since[e] = load.counts[e] > 0 ? 0 : layer.since[e] + 1;
        }
        for (const std::int32_t e : report.control.off_in(load.layer)) layer.since[static_cast<std::size_t>(e)] = 0;
        for (auto& domain : layer.domain_counts)
            for (double& c : domain) c *= 1 - 1 / kWindow;
        for (double& c : layer.group_counts) c *= 1 - 1 / kWindow;
        layer.tokens *= 1 - 1 / kWindow;
        measure_micro_batches(layer, report.control.off_in(load.layer));
        if (counted_pairs && layer.pairs) layer.pairs->fade(1 - 1 / kPairWindow);
        if (counted_words && layer.vocabulary) layer.vocabulary->fade(1 - 1 / kPairWindow);
    }
    m_pairs_moved |= counted_pairs;
    m_words_moved |= counted_words;
    m_last = report;
}

void LoadTracker::measure_pairs()
{
    if (!std::exchange(m_pairs_moved, false)) return;
    for (auto& [index, layer] : m_layers)
        if (layer.pairs) layer.lift = layer.pairs->measure();
}

void LoadTracker::measure_words()
{
    if (!std::exchange(m_words_moved, false)) return;
    for (auto& [index, layer] : m_layers) {
        if (!layer.vocabulary) continue;
        layer.words = layer.vocabulary->measure();
        for (auto& of_expert : layer.words.words)
            for (LoadFrame::Word& word : of_expert) word.text = m_tokenizer->token_text(word.token);
    }
}

void LoadTracker::show_domains(const Layer& layer, LoadFrame& frame) const
{
    std::vector<std::vector<float>> shares;
    for (const auto& counts : layer.domain_counts) {
        double total = 0;
        for (double c : counts) total += c;
        std::vector<float> share;
        for (double c : counts) share.push_back(static_cast<float>(total > 0 ? c / total : 0));
        shares.push_back(std::move(share));
    }
    if (!shares.empty()) frame.domain_share.push_back(std::move(shares));
}

void LoadTracker::show_groups(const Layer& layer, LoadFrame& frame) const
{
    if (!(layer.tokens > 0)) return;
    std::vector<float> share;
    for (double c : layer.group_counts) share.push_back(static_cast<float>(c / layer.tokens));
    frame.group_share.push_back(std::move(share));
}

std::shared_ptr<const LoadFrame> LoadTracker::frame(FrameWords words)
{
    measure_pairs();
    const bool worded = m_count_words == Counting::Yes && words == FrameWords::Shown;
    if (worded) measure_words();
    auto frame = std::make_shared<LoadFrame>();
    frame->step = m_last.step;
    frame->experts = m_experts;
    frame->layers = m_last.loads;
    frame->domains = m_domains;
    frame->control = m_last.control;
    frame->micro_balance = micro_balance();
    const std::int64_t window = std::min<std::int64_t>(m_steps, static_cast<std::int64_t>(kWindow));
    for (const LayerLoad& load : m_last.loads) {
        const Layer& layer = m_layers.at(load.layer);
        frame->ratio.emplace_back(layer.smoothed.begin(), layer.smoothed.end());
        frame->max_vio.push_back(measure_balance(load.counts, m_last.control.off_in(load.layer)).max_violation);
        const auto dead = std::count_if(layer.since.begin(), layer.since.end(), [&](auto s) { return s >= window; });
        frame->dead_fraction.push_back(static_cast<double>(dead) / static_cast<double>(layer.since.size()));
        show_domains(layer, *frame);
        show_groups(layer, *frame);
        if (!layer.lift.lift.empty()) frame->lift.push_back(layer.lift.lift);
        if (!layer.lift.partners.empty()) frame->partners.push_back(layer.lift.partners);
        if (worded) {
            frame->words.push_back(layer.words.words);
            frame->word_share.push_back(layer.words.largest_share);
        }
    }
    if (worded) frame->words_step = frame->step;
    return frame;
}

} // namespace triptych
