// Sampling in f64: sort the candidates, cut, draw.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

double value(ConstView<1> logits, std::int64_t i)
{
    const double x = logits.dtype() == DType::F64 ? logits.as<double>()[i] : static_cast<double>(logits.as<float>()[i]);
    return std::isnan(x) ? -std::numeric_limits<double>::infinity() : x;
}

} // namespace

std::int32_t Sampler::next(ConstView<1> logits)
{
    m_candidates.clear();
    for (std::int64_t i = 0; i < logits.size(0); ++i)
        m_candidates.emplace_back(value(logits, i), static_cast<std::int32_t>(i));
    const auto likelier = [](const auto& a, const auto& b) {
        return a.first > b.first || (a.first == b.first && a.second < b.second);
    };
    if (m_settings.temperature <= 0)
        return std::min_element(m_candidates.begin(), m_candidates.end(), likelier)->second;

    std::sort(m_candidates.begin(), m_candidates.end(), likelier);
    if (m_settings.top_k > 0 && m_settings.top_k < static_cast<std::int64_t>(m_candidates.size()))
        m_candidates.resize(static_cast<std::size_t>(m_settings.top_k));
    const double best = m_candidates.front().first;
    if (!std::isfinite(best)) return m_candidates.front().second;
    double total = 0;
    for (auto& [x, token] : m_candidates) total += x = std::exp((x - best) / m_settings.temperature);
    if (m_settings.top_p < 1) {
        double kept = 0;
        std::size_t count = 0;
        while (count < m_candidates.size() && (count == 0 || kept < m_settings.top_p * total))
            kept += m_candidates[count++].first;
        m_candidates.resize(count);
        total = kept;
    }
    double left = m_random.uniform(m_drawn++) * total;
    for (const auto& [x, token] : m_candidates)
        if ((left -= x) < 0) return token;
    return m_candidates.back().second;
}

} // namespace triptych
