// What tests of row functions share: rows that notice writes beside them, and a run on each instruction set.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"

#include <gtest/gtest.h>
#include <hwy/highway.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace triptych::test {

/// n random values in [-2, 2], one element off any alignment, between NaNs.
template <class T>
struct GuardedRow {
    static constexpr std::int64_t kMargin = 17;

    GuardedRow(std::int64_t n, std::uint64_t seed)
        : count(n), values(static_cast<std::size_t>(n + 2 * kMargin), T(std::nanf("")))
    {
        for (std::int64_t i = 0; i < n; ++i)
            data()[i] = T(static_cast<float>(Philox(seed, 0).uniform(static_cast<std::uint64_t>(i)) * 4 - 2));
    }
    T* data() { return values.data() + kMargin; }
    std::vector<double> wide()
    {
        std::vector<double> result;
        for (std::int64_t i = 0; i < count; ++i) result.push_back(static_cast<double>(static_cast<float>(data()[i])));
        return result;
    }
    bool surroundings_are_intact() const
    {
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(values.size()); ++i) {
            const bool inside = i >= kMargin && i < kMargin + count;
            if (!inside && !std::isnan(static_cast<float>(values[static_cast<std::size_t>(i)]))) return false;
        }
        return true;
    }
    std::int64_t count;
    std::vector<T> values;
};

/// Runs each test on one instruction set of this CPU.
class TargetTest : public testing::TestWithParam<std::int64_t> {
protected:
    void SetUp() override { use(GetParam()); }
    void TearDown() override { use(0); }

private:
    static void use(std::int64_t target)
    {
        hwy::SetSupportedTargetsForTest(target);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    }
};
inline std::string name_of_target(const testing::TestParamInfo<std::int64_t>& target)
{
    return hwy::TargetName(target.param);
}

} // namespace triptych::test
