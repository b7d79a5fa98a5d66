// Cross entropy against its formula, finite differences, and logits far from zero.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/cross_entropy.h"
#include "tests/support/op_test.h"

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

constexpr double kScale = 0.7;

struct Result {
    Values losses, dlogits;
    bool operator==(const Result&) const = default;
};

/// In long double, row by row; stable by the maximum.
Result formula(const Values& logits, std::size_t vocabulary, const Values& targets)
{
    Result result;
    for (std::size_t n = 0; n < targets.size(); ++n) {
        const auto row = logits.begin() + static_cast<std::ptrdiff_t>(n * vocabulary);
        const long double maximum = *std::max_element(row, row + static_cast<std::ptrdiff_t>(vocabulary));
        long double sum = 0;
        for (std::size_t v = 0; v < vocabulary; ++v) sum += std::exp(row[static_cast<std::ptrdiff_t>(v)] - maximum);
        const bool has_target = targets[n] >= 0;
        const long double at = has_target ? row[static_cast<std::ptrdiff_t>(targets[n])] : 0;
        result.losses.push_back(has_target ? static_cast<double>(std::log(sum) + (maximum - at)) : 0.0);
        for (std::size_t v = 0; v < vocabulary; ++v) {
            const long double p = std::exp(row[static_cast<std::ptrdiff_t>(v)] - maximum) / sum;
            const long double hit = static_cast<double>(v) == targets[n] ? 1 : 0;
            result.dlogits.push_back(has_target ? kScale * static_cast<double>(p - hit) : 0.0);
        }
    }
    return result;
}

class CrossEntropy : public OpTest<CrossEntropyForward, CrossEntropyForwardBackward> {
protected:
    static Values losses_on(Stream& on, DType type, const Values& logits, const Values& targets)
    {
        const auto count = static_cast<std::int64_t>(targets.size());
        const std::int64_t vocabulary = static_cast<std::int64_t>(logits.size()) / std::max<std::int64_t>(count, 1);
        const Tensor<2> x(on, type, {count, std::max<std::int64_t>(vocabulary, 1)}, logits, {});
        const Tensor<1> t(on, DType::I32, {count}, targets, {});
        const Tensor<1> losses(on, type, {count}, Values(targets.size(), 99), {});
        run(on, CrossEntropyForward{.logits = x, .targets = t, .losses = losses});
        return losses.values();
    }

    Result both(Stream& on, std::int64_t vocabulary, const Values& logits, const Values& targets)
    {
        const auto count = static_cast<std::int64_t>(targets.size());
        const auto x = tensor<2>({count, vocabulary}, logits);
        const auto t = ints<1>({count}, targets);
        const auto losses = filled<1>({count}, 99);
        const auto dlogits = filled<2>({count, vocabulary}, 99);
        run(on, CrossEntropyForwardBackward{
                    .logits = x, .targets = t, .scale = kScale, .losses = losses, .dlogits = dlogits});
        EXPECT_EQ(x.values(), logits) << "logits may only change where they are the memory of dlogits";
        return {losses.values(), dlogits.values()};
    }

    /// Targets at random, one in four of them negative.
    Values random_targets(std::int64_t count, std::int64_t vocabulary)
    {
        Values targets = random(count, -0.33 * static_cast<double>(vocabulary), static_cast<double>(vocabulary));
        for (double& t : targets) t = std::min(std::floor(t), static_cast<double>(vocabulary - 1));
        return targets;
    }

    void expect_formula(std::int64_t vocabulary, const Values& logits, const Values& targets)
    {
        const Result expected = formula(logits, static_cast<std::size_t>(vocabulary), targets);
        const Result actual = both(stream(), vocabulary, logits, targets);
        expect_close(actual.losses, expected.losses, tolerance().formula, "losses");
        expect_close(actual.dlogits, expected.dlogits, tolerance().formula, "dlogits");
        EXPECT_EQ(losses_on(stream(), dtype(), logits, targets), actual.losses) << "the two ops must agree";
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(CrossEntropy);

TEST_P(CrossEntropy, MatchesTheFormula)
{
    expect_formula(37, random(9 * 37, -3, 3), random_targets(9, 37));
}
TEST_P(CrossEntropy, HandlesOneRowNoRowsAndAVocabularyOfOne)
{
    expect_formula(37, random(37, -3, 3), {12});
    expect_formula(37, {}, {});
    expect_formula(1, random(3), {0, 0, -1});
}
TEST_P(CrossEntropy, HandlesVocabulariesLongerThanAChunk)
{
    expect_formula(1024, random(2 * 1024, -3, 3), {0, 1023});
    expect_formula(2500, random(3 * 2500, -3, 3), {1024, 2499, 7});
    expect_formula(50021, random(50021, -3, 3), {50020});
}
TEST_P(CrossEntropy, IsStableForLogitsFarFromZero)
{
    const Values logits = {1e4, -1e4, 0, 5, -1e4, -1e4, -1e4, -1e4, 1e4, 1e4, 1e4, -1e4, 88, 89, 90, 91};
    expect_formula(4, logits, {0, 2, 3, 0});
    expect_formula(4, logits, {1, 0, 0, 3});
    EXPECT_EQ(losses_on(stream(), dtype(), {1e4, -1e4}, {1}), Values{2e4});
}
TEST_P(CrossEntropy, IsTheLogarithmOfTheVocabularyForEqualLogits)
{
    expect_close(losses_on(stream(), dtype(), Values(512, -7.5), {100}), {std::log(512.0)}, tolerance().formula,
                 "loss");
}
TEST_P(CrossEntropy, AMaskedLogitHasNoProbability)
{
    const double lowest = -std::numeric_limits<double>::infinity();
    const Result r = both(stream(), 3, {0, lowest, 0}, {0});
    expect_close(r.losses, {std::log(2.0)}, tolerance().formula, "losses");
    expect_close(r.dlogits, {-0.5 * kScale, 0, 0.5 * kScale}, tolerance().formula, "dlogits");
}
TEST_P(CrossEntropy, RowsWithoutTargetGiveNothing)
{
    const Result r = both(stream(), 5, random(10), {-1, -100});
    EXPECT_EQ(r.losses, Values(2, 0.0));
    EXPECT_EQ(r.dlogits, Values(10, 0.0));
}
TEST_P(CrossEntropy, ABrokenLogitBreaksItsRowAndNoOther)
{
    Values logits = random(3 * 40);
    logits[40 + 17] = std::nan("");
    const auto count = [](const Values& values) {
        return std::count_if(values.begin(), values.end(), [](double v) { return std::isnan(v); });
    };
    const auto x = tensor<2>({3, 40}, logits);
    const auto t = ints<1>({3}, {1, 2, 3});
    const auto losses = filled<1>({3}, 99);
    const auto dlogits = filled<2>({3, 40}, 99);
    run(stream(), CrossEntropyForwardBackward{.logits = x, .targets = t, .losses = losses, .dlogits = dlogits});
    EXPECT_TRUE(std::isnan(losses.values()[1]));
    EXPECT_EQ(count(losses.values()), 1);
    EXPECT_EQ(count(dlogits.values()), 40);
    EXPECT_TRUE(std::isnan(losses_on(stream(), dtype(), logits, {1, 2, 3})[1]));
}

TEST_P(CrossEntropy, GradientMatchesFiniteDifferences)
{
    const Values logits = random(4 * 7, -2, 2);
    const Values targets = {3, -1, 6, 0};
    const auto loss = [&](const Values& x) {
        double total = 0;
        for (const double l : losses_on(oracle(), DType::F64, x, targets)) total += kScale * l;
        return total;
    };
    expect_close(both(stream(), 7, logits, targets).dlogits, gradient(loss, logits), tolerance().gradient, "dlogits");
}

TEST_P(CrossEntropy, TheGradientMayReplaceTheLogits)
{
    const Values logits = random(6 * 1500, -3, 3);
    const Values targets = random_targets(6, 1500);
    const Result apart = both(stream(), 1500, logits, targets);
    const auto x = tensor<2>({6, 1500}, logits);
    const auto t = ints<1>({6}, targets);
    const auto losses = filled<1>({6}, 99);
    run(stream(),
        CrossEntropyForwardBackward{.logits = x, .targets = t, .scale = kScale, .losses = losses, .dlogits = x});
    EXPECT_EQ(losses.values(), apart.losses);
    EXPECT_EQ(x.values(), apart.dlogits);
}

TEST_P(CrossEntropy, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const Values logits = random(200 * 300, -3, 3);
    const Values targets = random_targets(200, 300);
    const Result first = both(stream(), 300, logits, targets);
    EXPECT_EQ(both(stream(), 300, logits, targets), first);
    Stream one_thread(stream().device(), 1);
    EXPECT_EQ(both(one_thread, 300, logits, targets), first);
    EXPECT_EQ(losses_on(one_thread, dtype(), logits, targets), first.losses);
}

TEST_P(CrossEntropy, RejectsAWrongShapeBeforeLaunch)
{
    const auto logits = filled<2>({4, 5}, 1);
    const auto targets = ints<1>({4}, {0, 1, 2, -1});
    const auto losses = filled<1>({4}, 99);
    const auto dlogits = filled<2>({4, 5}, 99);
    const CrossEntropyForward forward{.logits = logits, .targets = targets, .losses = losses};
    expect_rejected(forward, "logits", [&](auto& op) { op.logits = ConstView<2>(nullptr, dtype(), {4, 5}); });
    expect_rejected(forward, "logits must be contiguous", [&](auto& op) { op.logits = filled<2>({4, 5}, 1, {0, 1}); });
    expect_rejected(forward, "logits has no vocabulary", [&](auto& op) { op.logits = filled<2>({4, 0}, 1); });
    expect_rejected(forward, "targets", [&](auto& op) { op.targets = filled<1>({4}, 0); });
    expect_rejected(forward, "losses", [&](auto& op) { op.losses = filled<1>({5}, 0); });
    const CrossEntropyForwardBackward both_ways{
        .logits = logits, .targets = targets, .losses = losses, .dlogits = dlogits};
    expect_rejected(both_ways, "logits has no vocabulary", [&](auto& op) { op.logits = filled<2>({4, 0}, 1); });
    expect_rejected(both_ways, "targets", [&](auto& op) { op.targets = ints<1>({3}, {0, 0, 0}); });
    expect_rejected(both_ways, "losses", [&](auto& op) { op.losses = ints<1>({4}, Values(4, 0)); });
    expect_rejected(both_ways, "dlogits", [&](auto& op) { op.dlogits = filled<2>({4, 6}, 0); });
    for (const double outside : {5.0, 2147483647.0}) {
        const auto text = "targets[1] is " + std::to_string(static_cast<int>(outside)) + ", expected 0 to 4";
        const auto wrong = ints<1>({4}, {0, outside, 2, 1});
        expect_rejected(forward, text, [&](auto& op) { op.targets = wrong; });
        expect_rejected(both_ways, text, [&](auto& op) { op.targets = wrong; });
    }
    EXPECT_EQ(losses.values(), Values(4, 99.0));
    EXPECT_EQ(dlogits.values(), Values(20, 99.0));
}

} // namespace
} // namespace triptych::test
