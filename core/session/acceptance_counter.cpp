// Drafts of a validation held against the main model's own choice.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/acceptance_counter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace triptych {

namespace {

using Count = AcceptanceFrame::Count;

double share(const Count& count)
{
    return count.drafts > 0 ? static_cast<double>(count.accepted) / static_cast<double>(count.drafts)
                            : std::numeric_limits<double>::quiet_NaN();
}

void add(Count& count, bool accepted)
{
    ++count.drafts;
    count.accepted += accepted ? 1 : 0;
}

/// Asks block by block whether anything is greater, which the compiler does for many at once; hardly ever is anything.
/// Nothing is greater than what is no number, nor is that greater than anything.
template <class T>
std::int32_t likeliest(const T* row, std::int64_t size)
{
    constexpr std::int64_t kBlock = 32;
    T most = -std::numeric_limits<T>::infinity();
    std::int64_t best = 0;
    for (std::int64_t first = 0; first < size; first += kBlock) {
        const std::int64_t end = std::min(first + kBlock, size);
        if (end == first + kBlock) {
            int greater = 0;
            for (std::int64_t i = 0; i < kBlock; ++i) greater |= static_cast<int>(row[first + i] > most);
            if (greater == 0) continue;
        }
        for (std::int64_t i = first; i < end; ++i)
            if (row[i] > most) {
                most = row[i];
                best = i;
            }
    }
    return static_cast<std::int32_t>(best);
}

std::int64_t valued(const std::vector<std::vector<Count>>& counts)
{
    std::int64_t drafts = 0;
    for (const auto& row : counts)
        for (const Count& count : row) drafts += count.drafts;
    return drafts;
}

} // namespace

void likeliest_tokens(ConstView<2> logits, std::span<std::int32_t> out)
{
    for (std::int64_t r = 0; r < logits.size(0); ++r)
        out[static_cast<std::size_t>(r)] =
            logits.dtype() == DType::F64 ? likeliest(logits.as<double>() + r * logits.row_stride(), logits.size(1))
                                         : likeliest(logits.as<float>() + r * logits.row_stride(), logits.size(1));
}

AcceptanceCounter::AcceptanceCounter(std::int64_t depths, std::vector<std::string> domains) : m_losses(domains.size())
{
    const auto rows = static_cast<std::size_t>(depths);
    m_counts.by_position.assign(rows, std::vector<Count>(AcceptanceFrame::kPositions));
    m_counts.by_domain.assign(rows, std::vector<Count>(domains.size()));
    m_counts.reached.resize(rows);
    m_counts.domains = std::move(domains);
}

void AcceptanceCounter::begin(const TokenBatch& batch)
{
    m_batch = batch;
    m_best.resize(std::min(m_counts.by_position.size() + 1, batch.inputs.size()));
    for (auto& best : m_best) best.assign(static_cast<std::size_t>(batch.batch * batch.length), -1);
}

void AcceptanceCounter::take_logits(std::int64_t depth, std::int64_t first, ConstView<2> logits)
{
    if (m_best.size() < 2 || static_cast<std::size_t>(depth) >= m_best.size()) return; // no draft, nothing to choose
    likeliest_tokens(logits, std::span(m_best[static_cast<std::size_t>(depth)])
                                 .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(logits.size(0))));
}

void AcceptanceCounter::take_losses(std::int64_t depth, std::int64_t first, ConstView<1> losses)
{
    if (depth != 0 || m_batch.domains.empty()) return;
    for (std::int64_t r = 0; r < losses.size(0); ++r) {
        const auto row = static_cast<std::size_t>(first + r);
        const auto domain = static_cast<std::size_t>(m_batch.domains[row]);
        if (domain >= m_losses.size() || m_batch.targets[0][row] < 0) continue;
        m_losses[domain].nats +=
            losses.dtype() == DType::F64 ? losses.as<double>()[r] : static_cast<double>(losses.as<float>()[r]);
        ++m_losses[domain].targets;
    }
}

void AcceptanceCounter::end()
{
    if (m_best.size() < 2) return;
    for (std::int64_t sequence = 0; sequence < m_batch.batch; ++sequence) count(static_cast<std::size_t>(sequence));
}

void AcceptanceCounter::count(std::size_t sequence)
{
    const auto length = static_cast<std::size_t>(m_batch.length);
    for (std::size_t i = 0; i < length; ++i) {
        const std::size_t row = sequence * length + i;
        bool reached = true;
        for (std::size_t depth = 1; depth < m_best.size() && i + depth < length; ++depth) {
            if (m_batch.targets[depth][row] < 0) break; // the document ends, for all deeper ones too
            const bool accepted = m_best[depth][row] == m_best[0][row + depth];
            count(depth, i, row, accepted);
            if (reached) add(m_counts.reached[depth - 1], accepted);
            reached = reached && accepted;
        }
    }
}

void AcceptanceCounter::count(std::size_t depth, std::size_t position, std::size_t row, bool accepted)
{
    const auto length = static_cast<std::size_t>(m_batch.length);
    add(m_counts.by_position[depth - 1][position * AcceptanceFrame::kPositions / length], accepted);
    if (m_batch.domains.empty()) return;
    auto& domains = m_counts.by_domain[depth - 1];
    const auto domain = static_cast<std::size_t>(m_batch.domains[row]);
    if (domain < domains.size()) add(domains[domain], accepted);
}

std::shared_ptr<const AcceptanceFrame> AcceptanceCounter::frame(std::int64_t step) const
{
    if (valued(m_counts.by_position) == 0) return nullptr;
    auto frame = std::make_shared<AcceptanceFrame>(m_counts);
    frame->step = step;
    return frame;
}

std::vector<Sample> AcceptanceCounter::samples(std::int64_t step) const
{
    std::vector<Sample> samples;
    for (std::size_t d = 0; d < m_losses.size(); ++d)
        if (m_losses[d].targets > 0)
            samples.push_back({{Metric::DomainValLoss, static_cast<std::int64_t>(d)},
                               step,
                               m_losses[d].nats / static_cast<double>(m_losses[d].targets)});
    if (valued(m_counts.by_position) == 0) return samples;
    for (std::size_t depth = 1; depth <= m_counts.by_position.size(); ++depth)
        if (const double rate = acceptance_rate(m_counts, depth); !std::isnan(rate))
            samples.push_back({{Metric::DepthAcceptance, static_cast<std::int64_t>(depth)}, step, rate});
    for (std::size_t d = 0; d < m_counts.domains.size(); ++d)
        if (m_counts.by_domain[0][d].drafts > 0)
            samples.push_back(
                {{Metric::DomainAcceptance, static_cast<std::int64_t>(d)}, step, share(m_counts.by_domain[0][d])});
    samples.push_back({Metric::ValSpeedUp, step, tokens_per_step(m_counts)});
    return samples;
}

double acceptance_rate(const AcceptanceFrame& frame, std::size_t depth)
{
    Count all;
    if (depth == 0 || depth > frame.by_position.size()) return share(all);
    for (const Count& count : frame.by_position[depth - 1]) {
        all.drafts += count.drafts;
        all.accepted += count.accepted;
    }
    return share(all);
}

double tokens_per_step(const AcceptanceFrame& frame)
{
    double tokens = 1;
    double all = 1;
    for (const Count& depth : frame.reached) {
        if (depth.drafts == 0) break;
        all *= share(depth);
        tokens += all;
    }
    return tokens;
}

} // namespace triptych
