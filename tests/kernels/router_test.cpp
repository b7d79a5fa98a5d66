// The router against its formula, finite differences, and the contract that every implementation must keep.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/router.h"
#include "tests/support/op_test.h"
#include "tests/support/ranking.h"

#include <cmath>
#include <set>

namespace triptych::test {
namespace {

constexpr double kLowest = -std::numeric_limits<double>::infinity();
const double kNan = std::nan("");

/// What a router is configured to do. An empty bias is not given.
struct Gate {
    std::int64_t tokens = 5;
    std::int64_t n_experts = 8;
    std::int64_t top_k = 3;
    std::int64_t n_group = 1;
    std::int64_t topk_group = 1;
    ScoreFunction score_function = ScoreFunction::Sigmoid;
    Normalize normalize = Normalize::Yes;
    double scaling = 2.5;
    BiasMask mask = BiasMask::None;
    std::int64_t logit_count() const { return tokens * n_experts; }
};

struct Routes {
    Values scores, experts, weights;
    bool operator==(const Routes&) const = default;
};

Values scores_of(ScoreFunction function, const Values& logits)
{
    Values scores;
    for (const double x : logits)
        scores.push_back(function == ScoreFunction::Sigmoid ? 1 / (1 + std::exp(-x)) : std::exp(x));
    if (function == ScoreFunction::Sigmoid) return scores;
    const double sum = std::accumulate(scores.begin(), scores.end(), 0.0);
    for (double& s : scores) s /= sum;
    return scores;
}

/// The experts of one token by sorting everything: groups first, then the ranks with the other groups at -infinity.
Values naive_choice(const Gate& s, Values ranks)
{
    const auto size = static_cast<std::size_t>(s.n_experts / s.n_group);
    Values group_ranks;
    for (std::size_t first = 0; first < ranks.size(); first += size) {
        const Values group = slice(ranks, first, size);
        const auto order = falling_order(group);
        group_ranks.push_back(group[order[0]] + (size > 1 ? group[order[1]] : 0));
    }
    const auto groups = falling_order(group_ranks);
    for (auto g = static_cast<std::size_t>(s.topk_group); g < groups.size(); ++g)
        std::fill_n(ranks.begin() + static_cast<std::ptrdiff_t>(groups[g] * size), size, kLowest);
    Values chosen;
    for (const std::size_t e : falling_order(ranks)) chosen.push_back(static_cast<double>(e));
    chosen.resize(static_cast<std::size_t>(s.top_k));
    return chosen;
}

class Router : public OpTest<RouterForward, RouterBackward> {
protected:
    Routes forward_on(Stream& on, DType type, const Gate& s, const Values& logits, const Values& bias)
    {
        const Tensor<2> x(on, type, {s.tokens, s.n_experts}, logits, {});
        const Tensor<1> b(on, type, {static_cast<std::int64_t>(bias.size())}, bias, {});
        const Tensor<2> scores(on, type, {s.tokens, s.n_experts}, Values(logits.size(), 99), {});
        const auto chosen = static_cast<std::size_t>(s.tokens * s.top_k);
        const Tensor<2> experts(on, DType::I32, {s.tokens, s.top_k}, Values(chosen, 99), {});
        const Tensor<2> weights(on, type, {s.tokens, s.top_k}, Values(chosen, 99), {});
        run(on, RouterForward{.logits = x,
                              .bias = bias.empty() ? ConstView<1>() : ConstView<1>(b),
                              .mask = s.mask,
                              .score_function = s.score_function,
                              .n_group = s.n_group,
                              .topk_group = s.topk_group,
                              .normalize = s.normalize,
                              .scaling = s.scaling,
                              .scores = scores,
                              .experts = experts,
                              .weights = weights});
        return {scores.values(), experts.values(), weights.values()};
    }
    Routes forward(const Gate& s, const Values& logits, const Values& bias = {})
    {
        return forward_on(stream(), dtype(), s, logits, bias);
    }

    /// score + bias as the backend rounds it
    double rank(double score, double bias) const
    {
        if (dtype() == DType::F64) return score + bias;
        return static_cast<double>(static_cast<float>(score) + static_cast<float>(bias));
    }

    void expect_formula(const Gate& s, const Values& logits, const Values& bias = {})
    {
        const Routes actual = forward(s, logits, bias);
        const auto e_count = static_cast<std::size_t>(s.n_experts);
        const auto k_count = static_cast<std::size_t>(s.top_k);
        Routes expected;
        for (std::size_t n = 0; n < static_cast<std::size_t>(s.tokens); ++n) {
            const Values scores = scores_of(s.score_function, slice(logits, n * e_count, e_count));
            expected.scores.insert(expected.scores.end(), scores.begin(), scores.end());
            // From the backend's own scores, so that ties by rounding are decided as it must decide them.
            Values ranks = slice(actual.scores, n * e_count, e_count);
            for (std::size_t e = 0; e < e_count; ++e) ranks[e] = rank(ranks[e], bias.empty() ? 0.0 : bias[e]);
            const Values chosen = naive_choice(s, ranks);
            expected.experts.insert(expected.experts.end(), chosen.begin(), chosen.end());
            double sum = 1e-20;
            for (const double e : chosen) sum += scores[static_cast<std::size_t>(e)];
            for (std::size_t k = 0; k < k_count; ++k)
                expected.weights.push_back(scores[static_cast<std::size_t>(chosen[k])] * s.scaling /
                                           (s.normalize == Normalize::Yes ? sum : 1.0));
        }
        expect_close(actual.scores, expected.scores, tolerance().formula, "scores");
        ASSERT_EQ(actual.experts, expected.experts);
        expect_close(actual.weights, expected.weights, tolerance().formula, "weights");
    }

    Values backward(Stream& on, const Gate& s, const Routes& routes, const Values& dweights, const Values& dscores)
    {
        const auto scores = tensor<2>({s.tokens, s.n_experts}, routes.scores);
        const auto experts = ints<2>({s.tokens, s.top_k}, routes.experts);
        const auto dw = tensor<2>({s.tokens, s.top_k}, dweights);
        const auto ds = tensor<2>({dscores.empty() ? 0 : s.tokens, s.n_experts}, dscores);
        const auto dlogits = filled<2>({s.tokens, s.n_experts}, 99);
        run(on, RouterBackward{.scores = scores,
                               .experts = experts,
                               .dweights = dw,
                               .dscores = dscores.empty() ? ConstView<2>() : ConstView<2>(ds),
                               .score_function = s.score_function,
                               .normalize = s.normalize,
                               .scaling = s.scaling,
                               .dlogits = dlogits});
        return dlogits.values();
    }

    /// L = sum dweights * weights + sum dscores * scores, differenced in f64 while the selection stands still.
    void expect_backward(const Gate& s, double gap, bool with_dscores)
    {
        const Values logits = spaced(random(s.logit_count()), s.n_experts, gap);
        const Values bias = spaced(random(s.n_experts), s.n_experts, 1e-3);
        const Values dweights = random(s.tokens * s.top_k);
        const Values dscores = with_dscores ? random(s.logit_count()) : Values{};
        const Routes at = forward_on(oracle(), DType::F64, s, logits, bias);
        const auto loss = [&](const Values& x) {
            const Routes r = forward_on(oracle(), DType::F64, s, x, bias);
            EXPECT_EQ(r.experts, at.experts) << "the step changed the selection: the difference means nothing";
            return dot(dweights, r.weights) + (with_dscores ? dot(dscores, r.scores) : 0.0);
        };
        const Values actual = backward(stream(), s, at, dweights, dscores);
        expect_close(actual, gradient(loss, logits), tolerance().gradient, "dlogits");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Router);

TEST_P(Router, SigmoidMatchesTheFormula)
{
    const Gate s{.tokens = 5, .n_experts = 7, .top_k = 3};
    expect_formula(s, random(s.logit_count(), -3, 3), random(7, -0.2, 0.2));
}
TEST_P(Router, SoftmaxMatchesTheFormula)
{
    const Gate s{.tokens = 5, .n_experts = 7, .top_k = 3, .score_function = ScoreFunction::Softmax};
    expect_formula(s, random(s.logit_count(), -3, 3), random(7, -0.02, 0.02));
}
TEST_P(Router, WorksWithoutBiasNormalisationOrTokens)
{
    Gate s{.tokens = 1, .n_experts = 7, .top_k = 3, .normalize = Normalize::No};
    expect_formula(s, random(s.logit_count()));
    s.tokens = 0;
    expect_formula(s, {});
}
TEST_P(Router, ChoosesAllExpertsWhenKIsTheirNumber)
{
    const Gate s{.n_experts = 5, .top_k = 5};
    expect_formula(s, random(s.logit_count()), random(5));
    const Gate one{.n_experts = 1, .top_k = 1};
    expect_formula(one, random(one.logit_count()));
}
TEST_P(Router, GroupsMatchTheFormula)
{
    const Gate s{.tokens = 40, .n_experts = 12, .top_k = 4, .n_group = 4, .topk_group = 2};
    expect_formula(s, random(s.logit_count(), -3, 3), random(12, -0.3, 0.3));
}
TEST_P(Router, GroupsOfOneExpertRankByThatExpert)
{
    const Gate s{.tokens = 9, .n_experts = 6, .top_k = 2, .n_group = 6, .topk_group = 3};
    expect_formula(s, random(s.logit_count()), random(6));
}
TEST_P(Router, TheShapeOfDeepSeekV3MatchesTheFormula)
{
    const Gate s{.tokens = 90, .n_experts = 256, .top_k = 8, .n_group = 8, .topk_group = 4};
    expect_formula(s, random(s.logit_count(), -4, 4), random(256, -0.1, 0.1));
}
TEST_P(Router, SurvivesLogitsFarFromZero)
{
    Gate s{.tokens = 2, .n_experts = 4, .top_k = 2};
    const Values logits = {1e4, -1e4, 0, 5, -1e4, -1e4, -1e4, -1e4};
    const Routes sigmoid = forward(s, logits);
    expect_close(sigmoid.scores, {1, 0, 0.5, 1 / (1 + std::exp(-5.0)), 0, 0, 0, 0}, tolerance().formula, "scores");
    expect_close(slice(sigmoid.weights, 2, 2), {0, 0}, 0, "weights of nothing but zeros");
    s.score_function = ScoreFunction::Softmax;
    expect_close(forward(s, logits).scores, {1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25}, tolerance().formula, "scores");
}

TEST_P(Router, TheLowestIndexWinsATieOfExpertsAndOfGroups)
{
    const Gate s{.tokens = 1, .n_experts = 8, .top_k = 3, .n_group = 4, .topk_group = 2};
    EXPECT_EQ(forward(s, Values(8, 0.5)).experts, (Values{0, 1, 2}));
    // groups 1 and 3 tie for the second place behind group 2
    EXPECT_EQ(forward(s, {0, 0, 1, 1, 2, 2, 1, 1}).experts, (Values{4, 5, 2}));
    const Gate ungrouped{.tokens = 1, .n_experts = 8, .top_k = 3};
    EXPECT_EQ(forward(ungrouped, {0, 1, 0, 1, 0, 1, 0, 1}).experts, (Values{1, 3, 5}));
}
TEST_P(Router, AGroupIsRankedByItsTwoBestExperts)
{
    const Gate s{.tokens = 1, .n_experts = 6, .top_k = 2, .n_group = 2, .topk_group = 1};
    // by the best alone, or by the sum of all three, the first group would win
    EXPECT_EQ(forward(s, {2.0, 0.1, 0.1, 1.2, 1.2, -9.0}).experts, (Values{3, 4}));
}

TEST_P(Router, AConstantAddedToAllBiasesChangesNothing)
{
    const Gate s{.tokens = 30, .n_experts = 16, .top_k = 4, .n_group = 4, .topk_group = 2};
    const Values logits = spaced(random(s.logit_count()), 16, 0.1);
    const Values bias = spaced(random(16), 16, 0.013);
    const Routes base = forward(s, logits, bias);
    for (const double constant : {-3.0, -0.5, 0.25, 7.0}) // with -3 every biased score is negative
        EXPECT_EQ(forward(s, logits, plus(constant, bias)), base) << "constant " << constant;
}
TEST_P(Router, TheBiasDecidesTheSelectionAndNotTheWeights)
{
    const Gate s{.tokens = 1, .n_experts = 5, .top_k = 2};
    const Values logits = {2, 1, 0, -1, -2};
    EXPECT_EQ(forward(s, logits).experts, (Values{0, 1}));
    const Routes routes = forward(s, logits, {0, 0, 0, 0, 5}); // lifts the last expert to the top
    EXPECT_EQ(routes.experts, (Values{4, 0}));
    const double last = 1 / (1 + std::exp(2.0));
    const double first = 1 / (1 + std::exp(-2.0));
    expect_close(routes.weights, {2.5 * last / (last + first), 2.5 * first / (last + first)}, tolerance().formula,
                 "weights");
}
TEST_P(Router, NormalisedWeightsSumToTheScaling)
{
    const Gate s{.tokens = 20, .n_experts = 16, .top_k = 4};
    const Values weights = forward(s, random(s.logit_count()), random(16)).weights;
    for (std::size_t n = 0; n < weights.size(); n += 4)
        EXPECT_NEAR(weights[n] + weights[n + 1] + weights[n + 2] + weights[n + 3], 2.5, 1e-5);
}
TEST_P(Router, NoTokenReachesMoreGroupsThanAllowed)
{
    const Gate s{.tokens = 200, .n_experts = 32, .top_k = 8, .n_group = 8, .topk_group = 3};
    const Values experts = forward(s, random(s.logit_count(), -5, 5), random(32)).experts;
    for (std::size_t n = 0; n < experts.size(); n += 8) {
        std::set<int> groups;
        std::set<int> distinct;
        for (std::size_t k = n; k < n + 8; ++k) {
            distinct.insert(static_cast<int>(experts[k]));
            groups.insert(static_cast<int>(experts[k]) / 4);
        }
        ASSERT_EQ(distinct.size(), 8U);
        ASSERT_LE(groups.size(), 3U);
    }
}
TEST_P(Router, PermutedTokensGiveThePermutedRoutes)
{
    const Gate s{.tokens = 50, .n_experts = 16, .top_k = 4, .n_group = 4, .topk_group = 2};
    const Values logits = random(s.logit_count());
    const Values bias = random(16);
    Values reversed;
    for (std::size_t n = 50; n-- > 0;) {
        const Values row = slice(logits, n * 16, 16);
        reversed.insert(reversed.end(), row.begin(), row.end());
    }
    const Routes straight = forward(s, logits, bias);
    const Routes backwards = forward(s, reversed, bias);
    for (std::size_t n = 0; n < 50; ++n) {
        ASSERT_EQ(slice(backwards.experts, n * 4, 4), slice(straight.experts, (49 - n) * 4, 4));
        ASSERT_EQ(slice(backwards.weights, n * 4, 4), slice(straight.weights, (49 - n) * 4, 4));
    }
}

TEST_P(Router, NanNeitherCrashesNorLeavesTheRange)
{
    Gate s{.tokens = 4, .n_experts = 8, .top_k = 3, .n_group = 4, .topk_group = 2};
    Values logits(32, 0.0);
    std::fill_n(logits.begin(), 8, kNan);         // token 0: nothing but NaN
    logits[8 + 2] = kNan;                         // token 1: one NaN
    std::fill_n(logits.begin() + 16, 7, kNan);    // token 2: all but one
    std::fill_n(logits.begin() + 24, 8, kLowest); // token 3: minus infinity
    const Routes routes = forward(s, logits, {0, 0, 0, 0, 0, 0, 0, kNan});
    EXPECT_EQ(routes.experts, (Values{0, 1, 2, 0, 1, 4, 0, 1, 2, 0, 1, 2}));
    EXPECT_TRUE(std::isnan(routes.scores[0])) << "a broken score must stay visible";
    EXPECT_TRUE(std::isnan(routes.scores[8 + 2]));
    EXPECT_TRUE(std::isnan(routes.weights[0]));
    EXPECT_FALSE(std::isnan(routes.weights[3])) << "token 1 has enough healthy experts";
    s.score_function = ScoreFunction::Softmax;
    EXPECT_EQ(forward(s, logits).experts, (Values{0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}));
}
TEST_P(Router, InfiniteBiasesKeepTheChoiceInRange)
{
    const Gate s{.tokens = 1, .n_experts = 6, .top_k = 3, .n_group = 3, .topk_group = 2};
    const double infinity = -kLowest;
    const Routes routes = forward(s, {0, 0, 0, 0, 0, 0}, {infinity, kLowest, kLowest, kLowest, 0, 0});
    EXPECT_EQ(routes.experts, (Values{0, 4, 5})); // none of group 1, though expert 1 of group 0 ranks no higher
}

TEST_P(Router, ExpertsThatAreMaskedHaveNoScoreAndAreNotChosen)
{
    for (const auto function : {ScoreFunction::Sigmoid, ScoreFunction::Softmax}) {
        Gate s{.tokens = 5, .n_experts = 70, .top_k = 3, .n_group = 2, .topk_group = 1, .score_function = function};
        const Values logits = random(s.logit_count(), -2, 2);
        Values bias = random(s.n_experts, -0.1, 0.1);
        const Routes all = forward(s, logits, bias);
        for (const std::size_t e : {0, 3, 33, 35, 66, 69}) bias[e] = kLowest;
        const Routes unmasked = forward(s, logits, bias);
        EXPECT_EQ(unmasked.scores, all.scores) << "without the mask a bias is a bias";
        s.mask = BiasMask::MinusInfinity;
        const Routes masked = forward(s, logits, bias);
        EXPECT_EQ(masked.experts, unmasked.experts);
        EXPECT_EQ(masked.weights, unmasked.weights);
        for (std::size_t i = 0; i < all.scores.size(); ++i)
            EXPECT_EQ(masked.scores[i], bias[i % 70] == kLowest ? 0.0 : all.scores[i]);
        for (const double e : masked.experts) EXPECT_NE(bias[static_cast<std::size_t>(e)], kLowest);
    }
}

TEST_P(Router, ADeckIsDealtOutOnTheCpuAndRefusedInWordsElsewhere)
{
    const auto logits = filled<2>({2, 3}, 1);
    const auto deck = ints<1>({3}, {0, 1, 2});
    const auto scores = filled<2>({2, 3}, 99);
    const auto experts = ints<2>({2, 2}, Values(4, 99));
    const auto weights = filled<2>({2, 2}, 99);
    const RouterForward op{
        .logits = logits, .deck = deck, .first = 1, .scores = scores, .experts = experts, .weights = weights};
    if (stream().device().kind == DeviceKind::Cpu) {
        run(stream(), op);
        EXPECT_EQ(experts.values(), (Values{1, 2, 0, 1}));
        return;
    }
    try {
        run(stream(), op);
        ADD_FAILURE() << "a deck was taken";
    } catch (const UnsupportedError& error) {
        EXPECT_NE(std::string(error.what()).find("only on the CPU"), std::string::npos) << error.what();
    }
    EXPECT_EQ(experts.values(), Values(4, 99.0)) << "nothing was dealt";
    EXPECT_EQ(weights.values(), Values(4, 99.0));
}

TEST_P(Router, SigmoidBackwardMatchesFiniteDifferences)
{
    expect_backward({.n_experts = 7}, 0.4, false);
}
TEST_P(Router, SigmoidBackwardAddsTheGradientOfTheScores)
{
    expect_backward({.n_experts = 7}, 0.4, true);
}
TEST_P(Router, SoftmaxBackwardMatchesFiniteDifferences)
{
    expect_backward({.n_experts = 7, .score_function = ScoreFunction::Softmax}, 0.4, false);
}
TEST_P(Router, SoftmaxBackwardAddsTheGradientOfTheScores)
{
    expect_backward({.n_experts = 7, .score_function = ScoreFunction::Softmax}, 0.4, true);
}
TEST_P(Router, BackwardWithoutNormalisationMatchesFiniteDifferences)
{
    expect_backward({.n_experts = 7, .normalize = Normalize::No}, 0.4, true);
    expect_backward({.n_experts = 7, .score_function = ScoreFunction::Softmax, .normalize = Normalize::No}, 0.4, false);
}
TEST_P(Router, BackwardThroughGroupsMatchesFiniteDifferences)
{
    expect_backward({.tokens = 4, .n_experts = 12, .top_k = 3, .n_group = 4, .topk_group = 2}, 0.3, true);
}
TEST_P(Router, BackwardHandlesOneExpertAndNoTokens)
{
    expect_backward({.tokens = 2, .n_experts = 1, .top_k = 1}, 1.0, true);
    expect_backward({.tokens = 0, .n_experts = 7}, 1.0, false);
}
TEST_P(Router, ANormalisedSingleChoiceHasNoGradient)
{
    const Gate s{.tokens = 3, .n_experts = 4, .top_k = 1};
    const Routes at = forward_on(oracle(), DType::F64, s, random(12), {});
    expect_close(backward(stream(), s, at, random(3), {}), Values(12, 0.0), 1e-6, "dlogits");
}

TEST_P(Router, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const Gate s{.tokens = 500, .n_experts = 37, .top_k = 5};
    const Values logits = random(s.logit_count());
    const Values bias = random(37);
    const Values dweights = random(500 * 5);
    const Routes first = forward(s, logits, bias);
    const Values gradient = backward(stream(), s, first, dweights, {});
    EXPECT_EQ(forward(s, logits, bias), first);
    EXPECT_EQ(backward(stream(), s, first, dweights, {}), gradient);
    Stream one_thread(stream().device(), 1);
    EXPECT_EQ(forward_on(one_thread, dtype(), s, logits, bias), first);
    EXPECT_EQ(backward(one_thread, s, first, dweights, {}), gradient);
}

TEST_P(Router, RejectsAWrongShapeBeforeLaunch)
{
    const auto logits = filled<2>({5, 8}, 1);
    const auto bias = filled<1>({8}, 0);
    const auto scores = filled<2>({5, 8}, 99);
    const auto experts = ints<2>({5, 3}, Values(15, 99));
    const auto weights = filled<2>({5, 3}, 99);
    const RouterForward good{.logits = logits,
                             .bias = bias,
                             .n_group = 4,
                             .topk_group = 2,
                             .scores = scores,
                             .experts = experts,
                             .weights = weights};
    expect_rejected(good, "logits", [&](auto& op) { op.logits = ConstView<2>(nullptr, dtype(), {5, 8}); });
    expect_rejected(good, "logits must be contiguous", [&](auto& op) { op.logits = filled<2>({5, 8}, 1, {0, 2}); });
    expect_rejected(good, "logits has no experts", [&](auto& op) {
        op.logits = filled<2>({5, 0}, 0);
        op.scores = filled<2>({5, 0}, 0);
        op.bias = {};
    });
    expect_rejected(good, "bias", [&](auto& op) { op.bias = filled<1>({7}, 0); });
    expect_rejected(good, "scores", [&](auto& op) { op.scores = filled<2>({4, 8}, 0); });
    expect_rejected(good, "experts", [&](auto& op) { op.experts = filled<2>({5, 3}, 0); });
    expect_rejected(good, "weights", [&](auto& op) { op.weights = filled<2>({5, 4}, 0); });
    expect_rejected(good, "n_group is 3", [&](auto& op) { op.n_group = 3; });
    expect_rejected(good, "n_group is 0", [&](auto& op) { op.n_group = 0; });
    expect_rejected(good, "topk_group is 5", [&](auto& op) { op.topk_group = 5; });
    expect_rejected(good, "topk_group is 0", [&](auto& op) { op.topk_group = 0; });
    expect_rejected(good, "asks for 3 experts", [&](auto& op) { op.topk_group = 1; });
    expect_rejected(good, "scaling", [&](auto& op) { op.scaling = kNan; });
    EXPECT_EQ(scores.values(), Values(40, 99.0));
}
TEST_P(Router, RejectsAWrongShapeBeforeTheBackwardLaunch)
{
    const auto scores = filled<2>({5, 8}, 0.5);
    const auto experts = ints<2>({5, 3}, Values(15, 1));
    const auto dweights = filled<2>({5, 3}, 1);
    const auto dlogits = filled<2>({5, 8}, 99);
    const RouterBackward good{.scores = scores, .experts = experts, .dweights = dweights, .dlogits = dlogits};
    expect_rejected(good, "scores", [&](auto& op) { op.scores = ConstView<2>(nullptr, dtype(), {5, 8}); });
    expect_rejected(good, "experts", [&](auto& op) { op.experts = ints<2>({4, 3}, Values(12, 1)); });
    expect_rejected(good, "experts has 9 choices", [&](auto& op) {
        op.experts = ints<2>({5, 9}, Values(45, 1));
        op.dweights = filled<2>({5, 9}, 1);
    });
    expect_rejected(good, "dweights", [&](auto& op) { op.dweights = filled<2>({5, 2}, 1); });
    expect_rejected(good, "dscores", [&](auto& op) { op.dscores = filled<2>({5, 7}, 1); });
    expect_rejected(good, "dlogits", [&](auto& op) { op.dlogits = filled<2>({5, 7}, 1); });
    expect_rejected(good, "scaling", [&](auto& op) { op.scaling = -kLowest; });
    EXPECT_EQ(dlogits.values(), Values(40, 99.0));
}

TEST(RouterOnTheCpu, ADeckIsDealtOutInTurnWhateverTheLogitsHold)
{
    Stream stream({}, 1);
    double logits[6] = {0, 0, 0, 1e4, -1e4, kNan};
    double scores[6], weights[4];
    std::int32_t experts[4], deck[3] = {0, 1, 2};
    const RouterForward op{.logits = ConstView<2>(logits, DType::F64, {2, 3}),
                           .deck = ConstView<1>(deck, DType::I32, {3}),
                           .first = 5,
                           .scores = View<2>(scores, DType::F64, {2, 3}),
                           .experts = View<2>(experts, DType::I32, {2, 2}),
                           .weights = View<2>(weights, DType::F64, {2, 2})};
    run(stream, op);
    EXPECT_EQ(std::vector(experts, experts + 4), (std::vector<std::int32_t>{2, 0, 1, 2}));
    EXPECT_EQ(weights[0], 0.5);
    expect_rejected_on(stream, op, "deck holds 1 experts",
                       [&](auto& o) { o.deck = ConstView<1>(deck, DType::I32, {1}); });
    expect_rejected_on(stream, op, "no negative place", [](auto& o) { o.first = -1; });
    deck[1] = 3;
    expect_rejected_on(stream, op, "deck[1] is 3, expected 0 to 2", [](auto&) {});
}

TEST(RouterOnTheCpu, BackwardRefusesAnExpertThatIsNotThere)
{
    Stream stream({}, 1);
    double memory[4] = {0.5, 0.5, 0.5, 0.5};
    std::int32_t experts[2] = {1, 4};
    const View<2> row(memory, DType::F64, {1, 4});
    const View<2> two(memory, DType::F64, {1, 2});
    const RouterBackward op{
        .scores = row, .experts = View<2>(experts, DType::I32, {1, 2}), .dweights = two, .dlogits = row};
    expect_rejected_on(stream, op, "experts[1] is 4, expected 0 to 3", [](auto&) {});
    experts[1] = -1;
    expect_rejected_on(stream, op, "experts[1] is -1, expected 0 to 3", [](auto&) {});
}

} // namespace
} // namespace triptych::test
