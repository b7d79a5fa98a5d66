// A clock around every op.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/op_times.h"

#include <algorithm>
#include <cstring>

namespace triptych {

OpProfile OpProfile::scaled(double factor) const
{
    OpProfile result = *this;
    result.seconds *= factor;
    result.outside_seconds *= factor;
    for (OpTime& op : result.ops) {
        op.calls *= factor;
        op.seconds *= factor;
        op.flops *= factor;
        op.bytes *= factor;
    }
    return result;
}

OpProfile median_profile(std::vector<OpProfile> profiles)
{
    const auto middle = profiles.begin() + static_cast<std::ptrdiff_t>((profiles.size() - 1) / 2);
    std::nth_element(profiles.begin(), middle, profiles.end(),
                     [](const OpProfile& a, const OpProfile& b) { return a.seconds < b.seconds; });
    return *middle;
}

void OpTimes::start()
{
    m_used = 0;
    m_start = m_stop = Clock::now();
}

void OpTimes::stop()
{
    m_stop = Clock::now();
}

void OpTimes::before(const OpCost&)
{
    m_op_start = Clock::now();
}

void OpTimes::after(const OpCost& cost)
{
    const double seconds = std::chrono::duration<double>(Clock::now() - m_op_start).count();
    OpTime& sum = row(cost.name);
    sum.calls += 1;
    sum.seconds += seconds;
    sum.flops += cost.flops;
    sum.bytes += cost.bytes;
}

OpTime& OpTimes::row(const char* name)
{
    for (std::size_t i = 0; i < m_used; ++i)
        if (m_rows[i].name == name || std::strcmp(m_rows[i].name, name) == 0) return m_rows[i];
    if (m_used == kRows) return m_rows.back();
    OpTime& fresh = m_rows[m_used++];
    fresh = {.name = m_used == kRows ? "other ops" : name};
    return fresh;
}

OpProfile OpTimes::profile() const
{
    OpProfile result;
    result.seconds = std::chrono::duration<double>(m_stop - m_start).count();
    result.ops.assign(m_rows.begin(), m_rows.begin() + static_cast<std::ptrdiff_t>(m_used));
    std::stable_sort(result.ops.begin(), result.ops.end(),
                     [](const OpTime& a, const OpTime& b) { return a.seconds > b.seconds; });
    result.outside_seconds = result.seconds;
    for (const OpTime& op : result.ops) result.outside_seconds -= op.seconds;
    return result;
}

} // namespace triptych
