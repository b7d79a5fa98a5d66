// Choices by rank for the tests: the naive way by sorting, and values that no small step can reorder.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/op_test.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

namespace triptych::test {

/// values[first, first + count)
inline Values slice(const Values& values, std::size_t first, std::size_t count)
{
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
    return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

/// Indices by falling value, the lowest index first among equals.
inline std::vector<std::size_t> falling_order(const Values& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
    return order;
}

/// Distance between the k-th and the next largest value; infinite when there is none.
inline double margin(const Values& values, std::size_t k)
{
    if (k >= values.size()) return std::numeric_limits<double>::infinity();
    const auto order = falling_order(values);
    return values[order[k - 1]] - values[order[k]];
}

/// Keeps the order of the values within each row and puts neighbours `gap` apart, around zero.
inline Values spaced(const Values& values, std::int64_t columns, double gap)
{
    const auto width = static_cast<std::size_t>(columns);
    Values result(values.size());
    for (std::size_t first = 0; first < values.size(); first += width) {
        const auto order = falling_order(slice(values, first, width));
        for (std::size_t rank = 0; rank < width; ++rank)
            result[first + order[rank]] = gap * (static_cast<double>(width - 1) / 2 - static_cast<double>(rank));
    }
    return result;
}

} // namespace triptych::test
