// Dispatch and combine: the unique order, gathers and weighted sums against naive loops and finite differences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/permute.h"
#include "tests/support/op_test.h"
#include "tests/support/ranking.h"

namespace triptych::test {
namespace {

struct Plan {
    Values counts, offsets, order, position;
    bool operator==(const Plan&) const = default;
};

/// A stable sort of the slots by expert.
Plan naive_plan(const Values& experts, std::int64_t n_experts)
{
    Plan plan;
    plan.position.resize(experts.size());
    plan.offsets.push_back(0);
    for (std::int64_t e = 0; e < n_experts; ++e) {
        for (std::size_t slot = 0; slot < experts.size(); ++slot) {
            if (experts[slot] != static_cast<double>(e)) continue;
            plan.position[slot] = static_cast<double>(plan.order.size());
            plan.order.push_back(static_cast<double>(slot));
        }
        plan.counts.push_back(static_cast<double>(plan.order.size()) - plan.offsets.back());
        plan.offsets.push_back(static_cast<double>(plan.order.size()));
    }
    return plan;
}

class Permute : public OpTest<PlanDispatch, PermuteForward, PermuteBackward, CombineForward, CombineBackward> {
protected:
    /// [tokens, top_k], for each token top_k different experts
    Values random_experts(std::int64_t tokens, std::int64_t n_experts, std::int64_t top_k)
    {
        const Values keys = random(tokens * n_experts);
        Values experts;
        for (std::int64_t n = 0; n < tokens; ++n) {
            const auto width = static_cast<std::size_t>(n_experts);
            const auto order = falling_order(slice(keys, static_cast<std::size_t>(n) * width, width));
            for (std::int64_t k = 0; k < top_k; ++k)
                experts.push_back(static_cast<double>(order[static_cast<std::size_t>(k)]));
        }
        return experts;
    }

    Plan plan(Stream& on, std::int64_t tokens, std::int64_t top_k, std::int64_t n_experts, const Values& experts)
    {
        const auto e = ints<2>({tokens, top_k}, experts);
        const auto counts = ints<1>({n_experts}, Values(static_cast<std::size_t>(n_experts), 99));
        const auto offsets = ints<1>({n_experts + 1}, Values(static_cast<std::size_t>(n_experts + 1), 99));
        const auto order = ints<1>({tokens * top_k}, Values(experts.size(), 99));
        const auto position = ints<1>({tokens * top_k}, Values(experts.size(), 99));
        run(on, PlanDispatch{.experts = e, .counts = counts, .offsets = offsets, .order = order, .position = position});
        return {counts.values(), offsets.values(), order.values(), position.values()};
    }
    void expect_plan(std::int64_t tokens, std::int64_t n_experts, std::int64_t top_k)
    {
        const Values experts = random_experts(tokens, n_experts, top_k);
        const Plan actual = plan(stream(), tokens, top_k, n_experts, experts);
        const Plan expected = naive_plan(experts, n_experts);
        EXPECT_EQ(actual.counts, expected.counts);
        EXPECT_EQ(actual.offsets, expected.offsets);
        EXPECT_EQ(actual.order, expected.order);
        EXPECT_EQ(actual.position, expected.position);
    }

    /// Sizes of the four row ops, with their plan.
    struct Case {
        std::int64_t tokens;
        std::int64_t top_k;
        std::int64_t columns;
        Plan plan;
        std::int64_t slots() const { return tokens * top_k; }
    };
    Case make_case(std::int64_t tokens, std::int64_t n_experts, std::int64_t top_k, std::int64_t columns)
    {
        return {tokens, top_k, columns, naive_plan(random_experts(tokens, n_experts, top_k), n_experts)};
    }

    static Values gathered(const Case& c, const Values& x)
    {
        Values y;
        for (const double slot : c.plan.order) {
            const auto token = static_cast<std::size_t>(slot) / static_cast<std::size_t>(c.top_k);
            const Values row =
                slice(x, token * static_cast<std::size_t>(c.columns), static_cast<std::size_t>(c.columns));
            y.insert(y.end(), row.begin(), row.end());
        }
        return y;
    }
    static Values combined(const Case& c, const Values& x, const Values& weights)
    {
        const auto columns = static_cast<std::size_t>(c.columns);
        Values y(static_cast<std::size_t>(c.tokens) * columns, 0);
        for (std::size_t slot = 0; slot < c.plan.position.size(); ++slot) {
            const auto row = static_cast<std::size_t>(c.plan.position[slot]);
            for (std::size_t d = 0; d < columns; ++d)
                y[slot / static_cast<std::size_t>(c.top_k) * columns + d] += weights[slot] * x[row * columns + d];
        }
        return y;
    }

    Values permute_backward(Stream& on, const Case& c, const Values& dy, WriteMode mode)
    {
        const auto tdy = tensor<2>({c.slots(), c.columns}, dy);
        const auto position = ints<1>({c.slots()}, c.plan.position);
        const auto dx = filled<2>({c.tokens, c.columns}, mode == WriteMode::Accumulate ? 1 : 99);
        run(on, PermuteBackward{.dy = tdy, .position = position, .dx = dx, .mode = mode});
        return dx.values();
    }
    Values combine(Stream& on, const Case& c, const Values& x, const Values& weights, WriteMode mode)
    {
        const auto tx = tensor<2>({c.slots(), c.columns}, x);
        const auto tw = tensor<2>({c.tokens, c.top_k}, weights);
        const auto position = ints<1>({c.slots()}, c.plan.position);
        const auto y = filled<2>({c.tokens, c.columns}, mode == WriteMode::Accumulate ? 1 : 99);
        run(on, CombineForward{.x = tx, .weights = tw, .position = position, .y = y, .mode = mode});
        return y.values();
    }
    struct Gradients {
        Values dx, dweights;
        bool operator==(const Gradients&) const = default;
    };
    Gradients combine_backward(Stream& on, const Case& c, const Values& dy, const Values& x, const Values& weights)
    {
        const auto tdy = tensor<2>({c.tokens, c.columns}, dy);
        const auto tx = tensor<2>({c.slots(), c.columns}, x);
        const auto tw = tensor<2>({c.tokens, c.top_k}, weights);
        const auto position = ints<1>({c.slots()}, c.plan.position);
        const auto dx = filled<2>({c.slots(), c.columns}, 99);
        const auto dweights = filled<2>({c.tokens, c.top_k}, 99);
        run(on,
            CombineBackward{.dy = tdy, .x = tx, .weights = tw, .position = position, .dx = dx, .dweights = dweights});
        return {dx.values(), dweights.values()};
    }

    void expect_rows(std::int64_t tokens, std::int64_t n_experts, std::int64_t top_k, std::int64_t columns)
    {
        const Case c = make_case(tokens, n_experts, top_k, columns);
        const Values x = random(tokens * columns);
        const auto tx = tensor<2>({tokens, columns}, x);
        const auto order = ints<1>({c.slots()}, c.plan.order);
        const auto y = filled<2>({c.slots(), columns}, 99);
        run(stream(), PermuteForward{.x = tx, .order = order, .y = y});
        EXPECT_EQ(y.values(), gathered(c, x));

        const Values sorted = random(c.slots() * columns);
        const Values weights = random(c.slots());
        const Values sum = combined(c, sorted, weights);
        expect_close(combine(stream(), c, sorted, weights, WriteMode::Overwrite), sum, tolerance().formula, "y");
        expect_close(combine(stream(), c, sorted, weights, WriteMode::Accumulate), plus(1, sum), tolerance().formula,
                     "y accumulated");
    }

    void expect_backward(std::int64_t tokens, std::int64_t n_experts, std::int64_t top_k, std::int64_t columns)
    {
        const Case c = make_case(tokens, n_experts, top_k, columns);
        const Values x = random(tokens * columns);
        const Values dy = random(c.slots() * columns);
        const Values dx = gradient([&](const Values& v) { return dot(dy, gathered(c, v)); }, x);
        expect_close(permute_backward(stream(), c, dy, WriteMode::Overwrite), dx, tolerance().gradient, "dx");
        expect_close(permute_backward(stream(), c, dy, WriteMode::Accumulate), plus(1, dx), tolerance().gradient,
                     "dx accumulated");

        const Values sorted = random(c.slots() * columns);
        const Values weights = random(c.slots());
        const Values w = random(tokens * columns); // L = sum w*y
        const auto loss_of_x = [&](const Values& v) { return dot(w, combined(c, v, weights)); };
        const auto loss_of_weights = [&](const Values& v) { return dot(w, combined(c, sorted, v)); };
        const Gradients actual = combine_backward(stream(), c, w, sorted, weights);
        expect_close(actual.dx, gradient(loss_of_x, sorted), tolerance().gradient, "dx");
        expect_close(actual.dweights, gradient(loss_of_weights, weights), tolerance().gradient, "dweights");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Permute);

TEST_P(Permute, ThePlanSortsByExpertThenByToken)
{
    expect_plan(9, 7, 3);
}
TEST_P(Permute, ThePlanHandlesOneTokenNoTokenAndOneExpert)
{
    expect_plan(1, 7, 3);
    expect_plan(0, 7, 3);
    expect_plan(6, 1, 1);
}
TEST_P(Permute, ThePlanHandlesManyTokensAndTheExpertsOfDeepSeekV3)
{
    expect_plan(3000, 256, 8);
}
TEST_P(Permute, ThePlanLeavesUnusedExpertsEmpty)
{
    const Plan p = plan(stream(), 4, 1, 5, {3, 1, 3, 3});
    EXPECT_EQ(p.counts, (Values{0, 1, 0, 3, 0}));
    EXPECT_EQ(p.offsets, (Values{0, 0, 1, 1, 4, 4}));
    EXPECT_EQ(p.order, (Values{1, 0, 2, 3}));
    EXPECT_EQ(p.position, (Values{1, 0, 2, 3}));
}
TEST_P(Permute, ThePlanKeepsTheOrderOfATokenThatChoosesAnExpertTwice)
{
    const Plan p = plan(stream(), 2, 2, 2, {1, 1, 0, 1});
    EXPECT_EQ(p.order, (Values{2, 0, 1, 3}));
}

TEST_P(Permute, RowsMoveAndCombineByTheFormula)
{
    expect_rows(9, 7, 3, 37);
}
TEST_P(Permute, RowsHandleOneTokenNoTokenAndOneColumn)
{
    expect_rows(1, 7, 3, 37);
    expect_rows(0, 7, 3, 37);
    expect_rows(5, 4, 2, 1);
}
TEST_P(Permute, RowsHandleManyTokensAndTheWidthOfDeepSeekV3)
{
    expect_rows(600, 16, 4, 65);
    expect_rows(3, 9, 8, 7168);
}
TEST_P(Permute, BackwardMatchesFiniteDifferences)
{
    expect_backward(5, 7, 3, 9);
}
TEST_P(Permute, BackwardHandlesOneTokenAndNoToken)
{
    expect_backward(1, 7, 3, 5);
    expect_backward(0, 7, 3, 5);
}

TEST_P(Permute, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const std::int64_t tokens = 2500;
    const Values experts = random_experts(tokens, 11, 4);
    const Plan first_plan = plan(stream(), tokens, 4, 11, experts);
    EXPECT_EQ(plan(stream(), tokens, 4, 11, experts), first_plan);
    Stream one_thread(stream().device(), 1);
    Stream three_threads(stream().device(), 3);
    EXPECT_EQ(plan(one_thread, tokens, 4, 11, experts), first_plan);
    EXPECT_EQ(plan(three_threads, tokens, 4, 11, experts), first_plan);

    const Case c = make_case(700, 11, 4, 53);
    const Values x = random(c.slots() * 53);
    const Values weights = random(c.slots());
    const Values dy = random(700 * 53);
    EXPECT_EQ(combine(one_thread, c, x, weights, WriteMode::Overwrite),
              combine(stream(), c, x, weights, WriteMode::Overwrite));
    EXPECT_EQ(permute_backward(one_thread, c, x, WriteMode::Overwrite),
              permute_backward(stream(), c, x, WriteMode::Overwrite));
    EXPECT_EQ(combine_backward(one_thread, c, dy, x, weights), combine_backward(stream(), c, dy, x, weights));
}

TEST_P(Permute, ThePlanRejectsWrongShapesBeforeLaunch)
{
    const auto experts = ints<2>({4, 2}, Values(8, 0));
    const auto counts = ints<1>({5}, Values(5, 99));
    const auto offsets = ints<1>({6}, Values(6, 99));
    const auto order = ints<1>({8}, Values(8, 99));
    const auto position = ints<1>({8}, Values(8, 99));
    const PlanDispatch good{
        .experts = experts, .counts = counts, .offsets = offsets, .order = order, .position = position};
    expect_rejected(good, "experts", [&](auto& op) { op.experts = filled<2>({4, 2}, 0); });
    expect_rejected(good, "experts", [&](auto& op) {
        op.experts = ConstView<2>(nullptr, DType::I32, {1 << 16, 1 << 16});
    });
    expect_rejected(good, "counts", [&](auto& op) { op.counts = filled<1>({5}, 0); });
    expect_rejected(good, "offsets", [&](auto& op) { op.offsets = ints<1>({5}, Values(5, 0)); });
    expect_rejected(good, "order", [&](auto& op) { op.order = ints<1>({7}, Values(7, 0)); });
    expect_rejected(good, "position", [&](auto& op) { op.position = ints<1>({9}, Values(9, 0)); });
    expect_rejected(good, "more choices than an I32 can number", [&](auto& op) {
        op.experts = ConstView<2>(experts.view().raw(), DType::I32, {1 << 16, 1 << 16});
    });
    EXPECT_EQ(order.values(), Values(8, 99.0));
}

TEST_P(Permute, RowOpsRejectWrongShapesBeforeLaunch)
{
    const auto rows = filled<2>({8, 3}, 1);
    const auto tokens = filled<2>({4, 3}, 99);
    const auto weights = filled<2>({4, 2}, 99);
    const auto index = ints<1>({8}, Values(8, 0));
    const auto wrong_index = ints<1>({7}, Values(7, 0));
    const auto wrong_rows = filled<2>({8, 2}, 1);
    const auto wrong_tokens = filled<2>({5, 3}, 1);
    const auto gaps = filled<2>({8, 3}, 1, {0, 1});

    const PermuteForward forward{.x = tokens, .order = index, .y = rows};
    expect_rejected(forward, "x", [&](auto& op) { op.x = ConstView<2>(nullptr, dtype(), {4, 3}); });
    expect_rejected(forward, "order has 7 rows, expected a multiple of the 4 tokens",
                    [&](auto& op) { op.order = wrong_index; });
    expect_rejected(forward, "order", [&](auto& op) { op.order = filled<1>({8}, 0); });
    expect_rejected(forward, "y must be contiguous", [&](auto& op) { op.y = gaps; });
    expect_rejected(forward, "y", [&](auto& op) { op.y = wrong_rows; });

    const PermuteBackward backward{.dy = rows, .position = index, .dx = tokens};
    expect_rejected(backward, "dy must be contiguous", [&](auto& op) { op.dy = gaps; });
    expect_rejected(backward, "position", [&](auto& op) { op.position = wrong_index; });
    expect_rejected(backward, "dy has 8 rows, expected a multiple of the 5 tokens",
                    [&](auto& op) { op.dx = wrong_tokens; });
    expect_rejected(backward, "dx", [&](auto& op) { op.dx = filled<2>({4, 2}, 1); });

    const CombineForward combine{.x = rows, .weights = weights, .position = index, .y = tokens};
    expect_rejected(combine, "x", [&](auto& op) { op.x = filled<2>({7, 3}, 1); });
    expect_rejected(combine, "weights", [&](auto& op) { op.weights = ConstView<2>(nullptr, dtype(), {4, 2}); });
    expect_rejected(combine, "position", [&](auto& op) { op.position = wrong_index; });
    expect_rejected(combine, "y", [&](auto& op) { op.y = wrong_tokens; });

    const auto dweights = filled<2>({4, 2}, 99);
    const CombineBackward back{
        .dy = tokens, .x = rows, .weights = weights, .position = index, .dx = rows, .dweights = dweights};
    expect_rejected(back, "dy", [&](auto& op) { op.dy = ConstView<2>(nullptr, dtype(), {4, 3}); });
    expect_rejected(back, "x", [&](auto& op) { op.x = wrong_rows; });
    expect_rejected(back, "weights", [&](auto& op) { op.weights = filled<2>({5, 2}, 1); });
    expect_rejected(back, "position", [&](auto& op) { op.position = wrong_index; });
    expect_rejected(back, "dx", [&](auto& op) { op.dx = wrong_rows; });
    expect_rejected(back, "dweights", [&](auto& op) { op.dweights = filled<2>({4, 3}, 1); });
    EXPECT_EQ(tokens.values(), Values(12, 99.0));
}

/// Out-of-range indices: the CPU looks before it reads or writes.
class PermuteOnTheCpu : public testing::Test {
protected:
    Stream m_stream{{}, 1};
    double m_memory[32] = {};
    std::int32_t m_good[4] = {0, 1, 2, 3};
    std::int32_t m_bad[4] = {0, 1, 2, 4};
    std::int32_t m_out[16] = {};

    View<2> rows(std::int64_t n) { return {m_memory, DType::F64, {n, 2}}; }
    static View<1> index(std::int32_t* values, std::int64_t n = 4) { return {values, DType::I32, {n}}; }
};

TEST_F(PermuteOnTheCpu, ThePlanRefusesAnExpertThatIsNotThere)
{
    const PlanDispatch good{.experts = View<2>(m_good, DType::I32, {2, 2}),
                            .counts = index(m_out, 4),
                            .offsets = index(m_out + 4, 5),
                            .order = index(m_out + 9),
                            .position = index(m_good)};
    expect_rejected_on(m_stream, good, "experts[3] is 4, expected 0 to 3", [&](auto& op) {
        op.experts = View<2>(m_bad, DType::I32, {2, 2});
    });
    m_bad[1] = -7;
    expect_rejected_on(m_stream, good, "experts[1] is -7, expected 0 to 3", [&](auto& op) {
        op.experts = View<2>(m_bad, DType::I32, {2, 2});
    });
    expect_rejected_on(m_stream, good, "expected none", [&](auto& op) {
        op.counts = index(m_out, 0);
        op.offsets = index(m_out, 1);
    });
}
TEST_F(PermuteOnTheCpu, RowOpsRefuseARowThatIsNotThere)
{
    const View<2> weights(m_memory, DType::F64, {2, 2});
    const std::string text = "[3] is 4, expected 0 to 3";
    expect_rejected_on(m_stream, PermuteForward{.x = rows(2), .order = index(m_bad), .y = rows(4)}, "order" + text,
                       [](auto&) {});
    expect_rejected_on(m_stream, PermuteBackward{.dy = rows(4), .position = index(m_bad), .dx = rows(2)},
                       "position" + text, [](auto&) {});
    expect_rejected_on(m_stream,
                       CombineForward{.x = rows(4), .weights = weights, .position = index(m_bad), .y = rows(2)},
                       "position" + text, [](auto&) {});
    expect_rejected_on(m_stream,
                       CombineBackward{.dy = rows(2),
                                       .x = rows(4),
                                       .weights = weights,
                                       .position = index(m_bad),
                                       .dx = rows(4),
                                       .dweights = weights},
                       "position" + text, [](auto&) {});
}

} // namespace
} // namespace triptych::test
