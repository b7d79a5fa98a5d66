// A call that is prepared once and made again and again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/selftest/op_case.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych::selftest {
namespace {

class Seen : public OpObserver {
public:
    void before(const OpCost&) override {}
    void after(const OpCost& cost) override
    {
        last = cost;
        ++calls;
    }
    OpCost last;
    int calls = 0;
};

TEST(OpCase, APreparedCallRunsItsOpEachTimeAndNothingElse)
{
    constexpr CaseSize kSize = {.tokens = 19, .width = 2};
    for (const OpCase& op : op_cases()) {
        SCOPED_TRACE(op.name);
        Stream stream({}, 2);
        Seen seen;
        stream.set_observer(&seen);
        const RepeatableCall call = op.prepare(stream, DType::F32, kSize);
        EXPECT_EQ(seen.calls, 0) << "preparing is not calling";
        const OpCost declared = op.cost(DType::F32, kSize);
        EXPECT_EQ(call.cost.flops, declared.flops);
        EXPECT_EQ(call.cost.bytes, declared.bytes);
        for (int calls = 1; calls <= 3; ++calls) {
            call.run();
            EXPECT_EQ(seen.calls, calls);
            EXPECT_EQ(std::string(seen.last.name), op.name);
            EXPECT_EQ(seen.last.flops, declared.flops);
        }
    }
}

} // namespace
} // namespace triptych::selftest
