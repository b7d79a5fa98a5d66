// The costs that ops declare: positive, growing as they should, and told to an observer once per run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/adamw.h"
#include "kernels/ops/elementwise.h"
#include "kernels/ops/linear.h"
#include "tests/support/op_cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace triptych::test {
namespace {

class OpCosts : public testing::TestWithParam<OpCase> {
protected:
    static OpCost cost(std::int64_t size, DType dtype = DType::F32) { return GetParam().cost(dtype, size); }
};
INSTANTIATE_TEST_SUITE_P(, OpCosts, testing::ValuesIn(op_cases()), testing::PrintToStringParamName());

TEST_P(OpCosts, FlopsGrowAsDeclared)
{
    const double one = cost(6).flops;
    const double two = cost(12).flops;
    const double three = cost(18).flops;
    switch (GetParam().growth) {
    case FlopsGrowth::None: EXPECT_EQ(three, 0); return;
    case FlopsGrowth::Affine: EXPECT_LT(two, 2 * one); break;
    case FlopsGrowth::Linear: EXPECT_DOUBLE_EQ(two, 2 * one); break;
    }
    EXPECT_GT(one, 0);
    EXPECT_GT(two, one);
    EXPECT_DOUBLE_EQ(three - two, two - one);
}

TEST_P(OpCosts, BytesGrowByTheSameAmountForEachToken)
{
    EXPECT_GT(cost(6).bytes, 0);
    EXPECT_GT(cost(12).bytes, cost(6).bytes);
    EXPECT_LE(cost(12).bytes, 2 * cost(6).bytes);
    EXPECT_DOUBLE_EQ(cost(18).bytes - cost(12).bytes, cost(12).bytes - cost(6).bytes);
}

TEST_P(OpCosts, TheElementTypeChangesBytesAndNotFlops)
{
    EXPECT_EQ(cost(6, DType::F64).flops, cost(6, DType::F32).flops);
    const double ratio = cost(6, DType::F64).bytes / cost(6, DType::F32).bytes;
    EXPECT_LE(ratio, 2.0);
    const std::string name = GetParam().name;
    const bool has_one_type = name == "plan_dispatch" || name == "pack_weights"; // indices; weights of F32
    EXPECT_GE(ratio, has_one_type ? 1.0 : 1.5);
}

/// Writes down what it is told.
class Recorder : public OpObserver {
public:
    void before(const OpCost& cost) override { m_log.push_back("before " + text(cost)); }
    void after(const OpCost& cost) override { m_log.push_back("after " + text(cost)); }
    static std::string text(const OpCost& cost)
    {
        std::ostringstream out;
        out << cost.name << ' ' << cost.flops << " flops " << cost.bytes << " bytes";
        return out.str();
    }
    const std::vector<std::string>& log() const { return m_log; }

private:
    std::vector<std::string> m_log;
};

TEST_P(OpCosts, AnObserverSeesTheOpOnceBeforeAndOnceAfter)
{
    Stream stream({}, 1);
    Recorder recorder;
    stream.set_observer(&recorder);
    GetParam().run(stream, DType::F32, 6);
    stream.set_observer(nullptr);
    GetParam().run(stream, DType::F32, 6);
    const std::string expected = Recorder::text(cost(6));
    EXPECT_EQ(recorder.log(), (std::vector<std::string>{"before " + expected, "after " + expected}));
}

TEST_P(OpCosts, NoTokensCostNoMoreThanTheirConstantPart)
{
    Stream stream({}, 2);
    GetParam().run(stream, DType::F64, 0);
    EXPECT_GE(cost(0).flops, 0);
    EXPECT_LT(cost(0).bytes, cost(6).bytes);
}

TEST(OpCostsOfKnownOps, AreWhatTheFormulaSays)
{
    float memory[6 * 4];
    const View<2> x(memory, DType::F32, {3, 4});
    const View<2> weight(memory, DType::F32, {6, 4});
    const View<2> y(memory, DType::F32, {3, 6});
    EXPECT_EQ((LinearForward{.x = x, .weight = weight, .y = y}.flops()), 2 * 3 * 4 * 6);
    EXPECT_EQ((LinearForward{.x = x, .weight = weight, .y = y}.bytes()), 4 * (12 + 24 + 18));
    EXPECT_EQ((Copy{.x = x, .y = x}.bytes()), 4 * (12 + 12));
    EXPECT_EQ((Copy{.x = x, .y = x, .mode = WriteMode::Accumulate}.bytes()), 4 * (12 + 12 + 12));
    EXPECT_EQ((Copy{.x = x, .y = x, .mode = WriteMode::Accumulate}.flops()), 12);
    const View<1> row(memory, DType::F32, {24});
    EXPECT_EQ((AdamWUpdate{.weight = row, .gradient = row, .first_moment = row, .second_moment = row}.bytes()), 28 * 24)
        << "28 bytes a parameter, as docs and the cost model have it";
}

TEST(Observer, HearsNothingOfAnOpThatIsRefused)
{
    Stream stream({}, 1);
    Recorder recorder;
    stream.set_observer(&recorder);
    EXPECT_THROW(run(stream, Scale{.y = View<2>(nullptr, DType::F32, {2, 2})}), ShapeError);
    EXPECT_TRUE(recorder.log().empty());
}

/// A new op that is not in op_cases() would slip past every test above, and past the selftest of users.
TEST(OpCases, CoverEveryOpThatIsDeclared)
{
    // CTest starts in tests/, a developer often in the root.
    const auto folder =
        std::filesystem::path(std::filesystem::exists("kernels/ops") ? "kernels/ops" : "../kernels/ops");
    ASSERT_TRUE(std::filesystem::exists(folder)) << "start from the root of the sources, or from tests/";
    const std::string mark = "static constexpr const char* name = \"";
    std::set<std::string> declared;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            const auto at = line.find(mark);
            if (at == std::string::npos) continue;
            const auto begin = at + mark.size();
            declared.insert(line.substr(begin, line.find('"', begin) - begin));
        }
    }
    std::set<std::string> covered;
    for (const OpCase& op_case : op_cases()) covered.insert(op_case.name);
    EXPECT_EQ(covered, declared) << "add a case in kernels/selftest";
}

} // namespace
} // namespace triptych::test
