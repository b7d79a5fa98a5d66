// What part of the values an axis shows: all that matters, with far outliers beyond its edge, and calm.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace triptych {

enum class ValueScale : std::uint8_t { Linear = 1, Logarithmic };
/// Where a linear axis starts: at the data, or at zero, so that a share can be seen as a share.
enum class ValueBase : std::uint8_t { Data = 1, Zero };

struct ValueRange {
    double lower = 0;
    double upper = 1;
    bool operator==(const ValueRange&) const = default;
};

/// From the smallest to the largest of the values; without those that lie further from the bulk (its inner 96 %) than
/// three times its width, for one spike must not flatten a curve. Whoever draws must mark what lies beyond. Values that
/// cannot be on the axis (not finite; not positive on a logarithmic one) are ignored; without any, 0 to 1 (1 to 10).
ValueRange rangeOf(const std::vector<double>& values, ValueScale scale);

/// The range of an axis over time. It grows, with room to spare, when values come near its edge, and shrinks only when
/// they need less than half of it: an axis that moves at every step cannot be read.
class StickyRange {
public:
    /// What to show for values within `wanted`. A fresh range fits tightly, with a margin.
    ValueRange update(ValueRange wanted, ValueScale scale, ValueBase base);
    /// The next update starts afresh: a person has chosen another part of the run, or something else is shown.
    void forget() { m_known = false; }

private:
    ValueRange m_range; ///< in coordinates of the scale
    ValueScale m_scale = ValueScale::Linear;
    ValueBase m_base = ValueBase::Data;
    bool m_known = false;
};

} // namespace triptych
