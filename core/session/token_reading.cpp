// Copying taps, thinned to what a person can look at.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/token_reading.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace triptych {

namespace {

constexpr double kLevels = 255;

/// Experts and weights of a route in the order of falling weight.
void sort_route(TokenRoute& route)
{
    std::vector<std::size_t> order(route.experts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return route.weights[a] > route.weights[b]; });
    TokenRoute sorted{.layer = route.layer, .experts = {}, .weights = {}};
    for (const std::size_t i : order) {
        sorted.experts.push_back(route.experts[i]);
        sorted.weights.push_back(route.weights[i]);
    }
    route = std::move(sorted);
}

} // namespace

double TokenReading::weight(std::int64_t layer, std::int64_t key) const
{
    if (attention.empty() || layer < 0 || layer >= layers || key < 0 || key >= keys) return 0;
    return attention[static_cast<std::size_t>(layer * keys + key)] / kLevels;
}

double TokenReading::weight(std::int64_t key) const
{
    double most = 0;
    for (std::int64_t layer = 0; layer < layers; ++layer) most = std::max(most, weight(layer, key));
    return most;
}

void ReadingProbe::begin()
{
    m_read = 0;
    m_bytes = 0;
    m_readings.clear();
}

std::vector<TokenReading> ReadingProbe::take_readings()
{
    m_read += static_cast<std::int64_t>(m_readings.size());
    for (TokenReading& reading : m_readings)
        for (TokenRoute& route : reading.routes) sort_route(route);
    return std::exchange(m_readings, {});
}

bool ReadingProbe::wants(const Tap& tap) const
{
    if (tap.layer >= m_layers) return false;
    // Who looks at no weights does not have them made.
    if (tap.point == TapPoint::Attention) return m_bytes < kMostBytes;
    return tap.point == TapPoint::RouterExperts || tap.point == TapPoint::RouterWeights;
}

TokenReading& ReadingProbe::reading(std::int64_t row, std::int64_t rows)
{
    if (m_readings.empty()) {
        m_readings.resize(static_cast<std::size_t>(rows));
        for (std::int64_t r = 0; r < rows; ++r) {
            m_readings[static_cast<std::size_t>(r)].layers = m_layers;
            m_readings[static_cast<std::size_t>(r)].keys = m_read + r + 1;
        }
    }
    return m_readings[static_cast<std::size_t>(row)];
}

void ReadingProbe::take_attention(const Tap& tap, ConstView<2> view)
{
    for (std::int64_t t = 0; t < view.size(0); ++t) {
        TokenReading& token = reading(t, view.size(0));
        if (token.attention.empty()) {
            token.attention.resize(static_cast<std::size_t>(m_layers * token.keys));
            m_bytes += m_layers * token.keys;
        }
        const float* weights = view.as<float>() + t * view.row_stride();
        std::uint8_t* row = token.attention.data() + tap.layer * token.keys;
        for (std::int64_t key = 0; key < token.keys; ++key) {
            const double weight = std::min(static_cast<double>(weights[key]), 1.0); // not-a-number is not above 0
            const auto level = weight > 0 ? static_cast<std::uint8_t>(std::lround(weight * kLevels)) : std::uint8_t{0};
            row[key] = std::max(row[key], level);
        }
    }
}

void ReadingProbe::take(const Tap& tap, ConstView<2> view)
{
    if (tap.point == TapPoint::Attention) return take_attention(tap, view);
    for (std::int64_t t = 0; t < view.size(0); ++t) {
        auto& routes = reading(t, view.size(0)).routes;
        if (routes.empty() || routes.back().layer != tap.layer)
            routes.push_back({.layer = tap.layer, .experts = {}, .weights = {}});
        const std::int64_t first = t * view.row_stride();
        if (tap.point == TapPoint::RouterExperts)
            routes.back().experts.assign(view.as<std::int32_t>() + first,
                                         view.as<std::int32_t>() + first + view.size(1));
        else
            routes.back().weights.assign(view.as<float>() + first, view.as<float>() + first + view.size(1));
    }
}

} // namespace triptych
