// The k largest of a sequence of values, offered one by one; the earliest wins a tie.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>

namespace triptych::cpu {

/// NaN cannot be ranked: it counts as -infinity, so that a broken score loses but a choice is still made.
template <class T>
T rankable(T value)
{
    return value == value ? value : -std::numeric_limits<T>::infinity();
}

/// Keeps indices and values in falling order in memory of the caller, k of each. Offer indices in rising order: then
/// the lowest index wins a tie. After k or more offers every one of the k places is filled. Values must not be NaN.
template <class T>
class TopK {
public:
    TopK(std::int32_t* indices, T* values, std::int64_t k) : m_indices(indices), m_values(values), m_k(k) {}

    void offer(std::int64_t index, T value)
    {
        if (m_size == m_k && !(value > m_values[m_k - 1])) return;
        std::int64_t place = m_size < m_k ? m_size++ : m_k - 1;
        for (; place > 0 && value > m_values[place - 1]; --place) {
            m_values[place] = m_values[place - 1];
            m_indices[place] = m_indices[place - 1];
        }
        m_values[place] = value;
        m_indices[place] = static_cast<std::int32_t>(index);
    }

private:
    std::int32_t* m_indices;
    T* m_values;
    std::int64_t m_k;
    std::int64_t m_size = 0;
};

} // namespace triptych::cpu
