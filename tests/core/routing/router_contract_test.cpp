// The contract of core/routing/router.h, held by every strategy of the catalog: a new row is tested by being there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/router_catalog.h"
#include "core/train/trainer.h"
#include "tests/support/block_test.h"
#include "tests/support/tiny_config.h"
#include "tests/support/token_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <set>

namespace triptych::test {
namespace {

constexpr std::int64_t kLayer = 1;
constexpr TokenShape kShape{.batch = 3, .length = 8};
constexpr std::int64_t kTokens = 24;

/// A strategy with a grouping that it supports.
struct RouterCase {
    std::string id;
    std::string suffix;
    ModelConfig config;
};
void PrintTo(const RouterCase& c, std::ostream* out)
{
    *out << c.id << c.suffix;
}

std::vector<RouterCase> router_cases()
{
    std::vector<RouterCase> cases;
    for (const RouterInfo& info : router_catalog()) {
        ModelConfig config = tiny_config();
        config.n_routed_experts = 12;
        config.num_experts_per_tok = 3;
        config.scoring_func = info.scoring_func;
        config.topk_method = info.topk_method;
        cases.push_back({std::string(info.id), "_plain", config});
        config.norm_topk_prob = false;
        config.routed_scaling_factor = 2.5;
        cases.push_back({std::string(info.id), "_unnormalised", config});
        config.n_group = 4;
        config.topk_group = 2;
        if (validate(config)) cases.push_back({std::string(info.id), "_groups", config});
    }
    return cases;
}

class RouterContract : public testing::TestWithParam<RouterCase> {
protected:
    struct Choice {
        std::vector<std::vector<std::int32_t>> experts; ///< [N][K]
        std::vector<Doubles> weights;                   ///< [N][K]
    };

    RouterContract()
        : router(find_router(GetParam().id).value()->create(config(), kLayer)), bench(*router, kShape),
          logits(random_doubles(kTokens * experts(), 40, 1.5))
    {
        set_bias(random_doubles(experts(), 41, 0.2));
    }

    const ModelConfig& config() const { return GetParam().config; }
    std::int64_t experts() const { return config().n_routed_experts; }
    std::int64_t top_k() const { return config().num_experts_per_tok; }
    bool has_bias() const { return router->bias() != ParamId{}; }
    bool is_softmax() const { return config().scoring_func == "softmax"; }

    void set_bias(const Doubles& values)
    {
        if (has_bias()) std::copy(values.begin(), values.end(), bench.params.weight<1>(router->bias()).as<double>());
    }

    Choice route(Doubles values, double alpha = 0, RoutingStats* stats = nullptr)
    {
        Pass pass = bench.pass(Phase::Train);
        pass.weights.balance_alpha = alpha;
        pass.stats = stats;
        const Routing routing = router->forward(pass, matrix(values, experts()));
        Choice choice;
        for (std::int64_t n = 0; n < kTokens; ++n) {
            const auto* e = routing.experts.as<std::int32_t>() + n * top_k();
            const auto* w = routing.weights.as<double>() + n * top_k();
            choice.experts.emplace_back(e, e + top_k());
            choice.weights.emplace_back(w, w + top_k());
        }
        return choice;
    }

    /// The affinities of one token by their definition.
    Doubles scores(std::int64_t token) const
    {
        const auto row = logits.begin() + token * experts();
        Doubles s(row, row + experts());
        for (double& x : s) x = is_softmax() ? std::exp(x) : 1 / (1 + std::exp(-x));
        const double sum = std::accumulate(s.begin(), s.end(), 0.0);
        for (double& x : s) x /= is_softmax() ? sum : 1;
        return s;
    }

    std::unique_ptr<Router> router;
    BlockBench bench;
    Doubles logits; ///< [N, E]
};

TEST_P(RouterContract, ChoosesDifferentExpertsAndOfNoMoreGroupsThanAllowed)
{
    const std::int64_t group_size = experts() / config().n_group;
    for (const auto& row : route(logits).experts) {
        std::set<std::int32_t> chosen(row.begin(), row.end());
        EXPECT_EQ(chosen.size(), static_cast<std::size_t>(top_k()));
        EXPECT_GE(*chosen.begin(), 0);
        EXPECT_LT(*chosen.rbegin(), experts());
        std::set<std::int64_t> groups;
        for (const auto e : chosen) groups.insert(e / group_size);
        EXPECT_LE(groups.size(), static_cast<std::size_t>(config().topk_group));
    }
}

TEST_P(RouterContract, AddingAConstantToEveryScoreChangesNoChoice)
{
    const Choice before = route(logits);
    if (has_bias()) {
        for (const double constant : {-3.0, 0.5}) {
            Doubles bias = random_doubles(experts(), 41, 0.2);
            for (double& b : bias) b += constant;
            set_bias(bias);
            const Choice after = route(logits);
            EXPECT_EQ(after.experts, before.experts) << "all biased scores may be negative: a mask of zero would win";
            EXPECT_EQ(after.weights, before.weights);
        }
    }
    if (is_softmax()) {
        Doubles shifted = logits;
        for (double& x : shifted) x += 7;
        EXPECT_EQ(route(shifted).experts, before.experts);
    }
}

TEST_P(RouterContract, WeightsAreThoseOfTheUnbiasedScores)
{
    const auto expect_weights = [&](const Choice& choice) {
        for (std::int64_t n = 0; n < kTokens; ++n) {
            const Doubles s = scores(n);
            const auto& chosen = choice.experts[static_cast<std::size_t>(n)];
            double sum = 0;
            for (const auto e : chosen) sum += s[static_cast<std::size_t>(e)];
            for (std::size_t k = 0; k < chosen.size(); ++k)
                EXPECT_NEAR(choice.weights[static_cast<std::size_t>(n)][k],
                            config().routed_scaling_factor * s[static_cast<std::size_t>(chosen[k])] /
                                (config().norm_topk_prob ? sum : 1),
                            1e-12);
        }
    };
    const Choice mild = route(logits);
    expect_weights(mild);
    set_bias(random_doubles(experts(), 42, 2));
    const Choice strong = route(logits);
    EXPECT_EQ(mild.experts != strong.experts, has_bias()) << "the bias decides who is chosen, where there is one";
    expect_weights(strong);
}

TEST_P(RouterContract, TakesTheBestByBiasedScore)
{
    if (config().n_group > 1)
        set_bias(Doubles(static_cast<std::size_t>(experts()))); // so that groups are ranked by scores
    const auto* bias = has_bias() ? bench.params.weight<1>(router->bias()).as<double>() : nullptr;
    const std::int64_t group_size = experts() / config().n_group;
    const Choice choice = route(logits);
    for (std::int64_t n = 0; n < kTokens; ++n) {
        Doubles rank = scores(n);
        for (std::size_t e = 0; bias && e < rank.size(); ++e) rank[e] += bias[e];
        // Groups by the sum of their two best, then experts of the best groups.
        std::vector<std::pair<double, std::int64_t>> groups;
        for (std::int64_t g = 0; g < config().n_group; ++g) {
            Doubles members(rank.begin() + g * group_size, rank.begin() + (g + 1) * group_size);
            std::sort(members.rbegin(), members.rend());
            groups.emplace_back(-(members[0] + members[1]), g);
        }
        std::sort(groups.begin(), groups.end());
        std::vector<std::pair<double, std::int32_t>> candidates;
        for (std::int64_t g = 0; g < config().topk_group; ++g)
            for (std::int64_t i = 0; i < group_size; ++i) {
                const std::int64_t e = groups[static_cast<std::size_t>(g)].second * group_size + i;
                candidates.emplace_back(-rank[static_cast<std::size_t>(e)], static_cast<std::int32_t>(e));
            }
        std::sort(candidates.begin(), candidates.end());
        std::vector<std::int32_t> expected;
        for (std::int64_t k = 0; k < top_k(); ++k) expected.push_back(candidates[static_cast<std::size_t>(k)].second);
        EXPECT_EQ(choice.experts[static_cast<std::size_t>(n)], expected) << "token " << n << ", the best first";
    }
}

TEST_P(RouterContract, ARouteDependsOnItsTokenAloneWhereverItStands)
{
    const Choice before = route(logits);
    std::vector<std::int64_t> order(kTokens);
    std::iota(order.begin(), order.end(), 0);
    std::reverse(order.begin(), order.end());
    std::swap(order[2], order[9]);
    Doubles moved;
    for (const std::int64_t n : order)
        moved.insert(moved.end(), logits.begin() + n * experts(), logits.begin() + (n + 1) * experts());
    const Choice after = route(moved);
    for (std::size_t i = 0; i < order.size(); ++i) {
        EXPECT_EQ(after.experts[i], before.experts[static_cast<std::size_t>(order[i])]);
        EXPECT_EQ(after.weights[i], before.weights[static_cast<std::size_t>(order[i])]);
    }
}

TEST_P(RouterContract, TheLowestIndexWinsATie)
{
    set_bias(Doubles(static_cast<std::size_t>(experts())));
    for (const auto& row : route(Doubles(logits.size(), 0.25)).experts) {
        std::vector<std::int32_t> expected(static_cast<std::size_t>(top_k()));
        std::iota(expected.begin(), expected.end(), 0);
        EXPECT_EQ(row, expected);
    }
}

TEST_P(RouterContract, NumbersThatAreNoneStillChooseValidExperts)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double inf = std::numeric_limits<double>::infinity();
    Doubles odd = logits;
    for (std::size_t i = 0; i < odd.size(); ++i)
        odd[i] = i % 5 == 0 ? nan : i % 7 == 0 ? inf : i % 3 == 0 ? -inf : odd[i];
    for (const Doubles& values : {odd, Doubles(logits.size(), nan), Doubles(logits.size(), -inf)})
        for (const auto& row : route(values).experts) {
            EXPECT_EQ(std::set<std::int32_t>(row.begin(), row.end()).size(), static_cast<std::size_t>(top_k()));
            for (const auto e : row) EXPECT_TRUE(e >= 0 && e < experts()) << e;
        }
}

TEST_P(RouterContract, LogitsHaveTheGradientOfWeightsAndBalanceLoss)
{
    Doubles dweights = random_doubles(kTokens * top_k(), 43);
    for (const double alpha : {0.0, 0.7}) {
        const auto loss = [&](RouteProbe& routes) {
            RoutingStats stats;
            const Choice choice = route(logits, alpha, &stats);
            double sum = stats.balance_loss;
            for (std::size_t n = 0; n < choice.weights.size(); ++n) {
                routes.routes[static_cast<std::int64_t>(n)] = choice.experts[n];
                for (std::size_t k = 0; k < choice.weights[n].size(); ++k)
                    sum += choice.weights[n][k] * dweights[n * choice.weights[n].size() + k];
            }
            return sum;
        };
        RouteProbe routes;
        loss(routes);
        Doubles dlogits(logits.size(), 99);
        Pass pass = bench.pass(Phase::Train);
        pass.weights.balance_alpha = alpha;
        router->backward(pass, matrix(dweights, top_k()), matrix(dlogits, experts()));
        expect_gradient(logits, dlogits, loss, GetParam().id);
    }
}

TEST_P(RouterContract, AfterAStepMovesTheBiasByTheSpeedTowardsBalanceOrNotAtAll)
{
    set_bias(Doubles(static_cast<std::size_t>(experts())));
    std::vector<std::int64_t> counts(static_cast<std::size_t>(experts()), 6);
    counts[0] = 12;
    counts[1] = 0;
    router->after_step(bench.params, counts, 0.01);
    router->after_step(bench.params, counts, 0);
    if (!has_bias()) {
        EXPECT_EQ(bench.params.buffers().size(0), 0);
        return;
    }
    const auto* bias = bench.params.weight<1>(router->bias()).as<double>();
    const bool steers = find_router(GetParam().id).value()->bias_update_speed > 0;
    EXPECT_EQ(bias[0], steers ? -0.01 : 0) << "too many tokens";
    EXPECT_EQ(bias[1], steers ? 0.01 : 0) << "too few";
    EXPECT_EQ(bias[2], 0) << "exactly its share";
}

/// Of 12 experts; each of four groups keeps two, as many as its rank needs.
const std::vector<std::int32_t> kOff = {0, 4, 9};

bool is_off(std::size_t expert)
{
    return std::find(kOff.begin(), kOff.end(), static_cast<std::int32_t>(expert)) != kOff.end();
}

TEST_P(RouterContract, ExpertsThatAreOffGetNoTokenHoweverHighTheyWouldRank)
{
    Doubles favoured = logits;
    for (std::size_t i = 0; i < favoured.size(); ++i)
        if (is_off(i % static_cast<std::size_t>(experts()))) favoured[i] += 9;
    // Also where the ranks of all others are below zero.
    for (const double shift : {0.0, -20.0}) {
        Doubles bias = random_doubles(experts(), 41, 0.2);
        for (double& b : bias) b += shift;
        set_bias(bias);
        router->set_control({}, Balancing::Learned);
        const Choice before = route(favoured);
        router->set_control(kOff, Balancing::Learned);
        const Choice after = route(favoured);
        EXPECT_NE(before.experts, after.experts);
        for (const auto& row : after.experts) {
            EXPECT_EQ(std::set<std::int32_t>(row.begin(), row.end()).size(), static_cast<std::size_t>(top_k()));
            for (const auto e : row) EXPECT_FALSE(is_off(static_cast<std::size_t>(e))) << e;
        }
        router->set_control({}, Balancing::Learned);
        EXPECT_EQ(route(favoured).experts, before.experts) << "all are on again";
    }
}

TEST_P(RouterContract, ExpertsThatAreOffLeaveTheChoiceOfOthersAsItIs)
{
    set_bias(Doubles(static_cast<std::size_t>(experts())));
    const Choice before = route(logits);
    router->set_control(kOff, Balancing::Learned);
    const Choice after = route(logits);
    std::int64_t same = 0;
    for (std::size_t n = 0; n < before.experts.size(); ++n) {
        const auto& row = before.experts[n];
        if (std::any_of(row.begin(), row.end(), [](auto e) { return is_off(static_cast<std::size_t>(e)); })) continue;
        // A group that lost its best expert may lose to another one, which has a token of the two then.
        if (config().n_group > 1 && after.experts[n] != row) continue;
        EXPECT_EQ(after.experts[n], row);
        EXPECT_EQ(after.weights[n], before.weights[n]) << "the scores of those that are on do not change";
        ++same;
    }
    EXPECT_GT(same, 0);
}

TEST_P(RouterContract, ExpertsThatAreOffGetNoGradientAndNoPartInTheBalanceLoss)
{
    router->set_control(kOff, Balancing::Learned);
    Doubles dweights = random_doubles(kTokens * top_k(), 43);
    RoutingStats stats;
    route(logits, 0.7, &stats);
    Doubles dlogits(logits.size(), 99);
    Pass pass = bench.pass(Phase::Train);
    pass.weights.balance_alpha = 0.7;
    router->backward(pass, matrix(dweights, top_k()), matrix(dlogits, experts()));
    double others = 0;
    for (std::size_t i = 0; i < dlogits.size(); ++i) {
        if (is_off(i % static_cast<std::size_t>(experts())))
            EXPECT_EQ(dlogits[i], 0);
        else
            others += std::abs(dlogits[i]);
    }
    EXPECT_GT(others, 0);
    if (is_softmax()) return; // a softmax has a share for them yet
    // Whatever their logits, the loss is the same.
    Doubles other = logits;
    for (std::size_t i = 0; i < other.size(); ++i)
        if (is_off(i % static_cast<std::size_t>(experts()))) other[i] = -other[i];
    RoutingStats again;
    route(other, 0.7, &again);
    EXPECT_EQ(again.balance_loss, stats.balance_loss);
}

TEST_P(RouterContract, ForcedBalancingDealsTheExpertsOutInTurnAndWeighsThemByTheirScores)
{
    for (const bool some_off : {false, true}) {
        router->set_control(some_off ? kOff : std::vector<std::int32_t>(), Balancing::Forced);
        std::vector<std::int32_t> deck;
        for (std::int32_t e = 0; e < experts(); ++e)
            if (!some_off || !is_off(static_cast<std::size_t>(e))) deck.push_back(e);
        const Choice choice = route(logits);
        for (std::size_t n = 0; n < choice.experts.size(); ++n) {
            const Doubles s = scores(static_cast<std::int64_t>(n));
            double sum = 0;
            for (const auto e : choice.experts[n]) sum += s[static_cast<std::size_t>(e)];
            for (std::size_t k = 0; k < choice.experts[n].size(); ++k) {
                const auto e = choice.experts[n][k];
                EXPECT_EQ(e, deck[(n * choice.experts[n].size() + k) % deck.size()]);
                EXPECT_NEAR(choice.weights[n][k],
                            config().routed_scaling_factor * s[static_cast<std::size_t>(e)] /
                                (config().norm_topk_prob ? sum : 1),
                            1e-12);
            }
        }
    }
}

TEST_P(RouterContract, TheBiasOfAnExpertThatIsOffRests)
{
    if (!has_bias()) GTEST_SKIP() << "no bias";
    set_bias(Doubles(static_cast<std::size_t>(experts())));
    router->set_control(kOff, Balancing::Learned);
    std::vector<std::int64_t> counts(static_cast<std::size_t>(experts()), 8);
    for (const auto e : kOff) counts[static_cast<std::size_t>(e)] = 0;
    counts[1] = 9;
    counts[2] = 7;
    router->after_step(bench.params, counts, 0.01);
    const auto* bias = bench.params.weight<1>(router->bias()).as<double>();
    const double speed = find_router(GetParam().id).value()->bias_update_speed > 0 ? 0.01 : 0;
    for (std::size_t e = 0; e < counts.size(); ++e)
        EXPECT_EQ(bias[e], e == 1 ? -speed : e == 2 ? speed : 0) << e << ": the mean is that of those that are on";
}

TEST_P(RouterContract, WithFewerActiveExpertsItIsTheRouterThatIsConfiguredForThem)
{
    ModelConfig fewer = config();
    fewer.num_experts_per_tok = 2;
    const auto other = find_router(GetParam().id).value()->create(fewer, kLayer);
    BlockBench other_bench(*other, kShape);
    if (has_bias()) {
        const Doubles bias = random_doubles(experts(), 41, 0.2);
        std::copy(bias.begin(), bias.end(), other_bench.params.weight<1>(other->bias()).as<double>());
    }
    struct Result {
        std::vector<std::int32_t> experts;
        Doubles weights, dlogits;
        double balance_loss = 0;
        bool operator==(const Result&) const = default;
    };
    const auto result_of = [&](Router& strategy, BlockBench& of) {
        RoutingStats stats;
        Pass pass = of.pass(Phase::Train);
        pass.weights.balance_alpha = 0.7;
        pass.first_token = 5;
        pass.stats = &stats;
        const Routing routing = strategy.forward(pass, matrix(logits, experts()));
        Result r;
        r.experts.assign(routing.experts.as<std::int32_t>(),
                         routing.experts.as<std::int32_t>() + routing.experts.count());
        r.weights.assign(routing.weights.as<double>(), routing.weights.as<double>() + routing.weights.count());
        Doubles dweights = random_doubles(routing.weights.count(), 43);
        r.dlogits.assign(logits.size(), 99);
        strategy.backward(pass, matrix(dweights, routing.weights.size(1)), matrix(r.dlogits, experts()));
        r.balance_loss = stats.balance_loss;
        return r;
    };
    for (const Balancing balancing : {Balancing::Learned, Balancing::Forced}) {
        router->set_control(kOff, balancing);
        other->set_control(kOff, balancing);
        const Result all = result_of(*router, bench);
        router->set_active(2);
        const Result two = result_of(*router, bench);
        EXPECT_EQ(two.experts.size(), static_cast<std::size_t>(2 * kTokens));
        EXPECT_EQ(two, result_of(*other, other_bench));
        EXPECT_NE(two, all);
        router->set_active(0);
        EXPECT_EQ(result_of(*router, bench), all) << "as many as configured again";
    }
}

INSTANTIATE_TEST_SUITE_P(Catalog, RouterContract, testing::ValuesIn(router_cases()), testing::PrintToStringParamName());

/// Of a whole training step, per strategy.
class RouterInTraining : public testing::TestWithParam<std::string> {};

TEST_P(RouterInTraining, TheBiasChangesOncePerStepInEveryMoeLayerAndNeverByAdamOrDecay)
{
    const RouterInfo& info = *find_router(GetParam()).value();
    ModelConfig model = tiny_config();
    model.num_nextn_predict_layers = 2;
    model.scoring_func = info.scoring_func;
    model.topk_method = info.topk_method;
    TrainConfig config;
    config.sequence_length = 12;
    config.batch_size = 2;
    config.gradient_accumulation_steps = 3;
    config.threads = 1;
    config.learning_rate = 0.05;
    config.warmup_steps = 0;
    config.weight_decay = 5; // would shrink a bias by a quarter each step
    config.bias_update_speed = 0.25;
    const CountingSource source(model.vocab_size, config.batch_size, config.sequence_length, 2);
    Trainer trainer(model, config, info, DType::F64, source, 0);
    trainer.initialize();
    std::vector<std::vector<double>> expected;
    for (int step = 1; step <= 3; ++step) {
        const StepReport report = trainer.step();
        ASSERT_EQ(report.loads.size(), 3U) << "one MoE layer and two MTP blocks";
        expected.resize(report.loads.size());
        for (std::size_t l = 0; l < report.loads.size(); ++l) {
            const LayerLoad& load = report.loads[l];
            EXPECT_EQ(load.layer, static_cast<std::int64_t>(l) + 1);
            const double mean =
                3.0 * 24 * static_cast<double>(model.num_experts_per_tok) / static_cast<double>(load.counts.size());
            expected[l].resize(load.bias.size());
            for (std::size_t e = 0; e < load.bias.size(); ++e) {
                const auto count = static_cast<double>(load.counts[e]);
                if (info.bias_update_speed > 0) expected[l][e] += 0.25 * ((mean > count) - (mean < count));
                EXPECT_EQ(static_cast<double>(load.bias[e]), expected[l][e])
                    << "step " << step << ", layer " << load.layer;
            }
        }
    }
}

std::vector<std::string> router_ids()
{
    std::vector<std::string> ids;
    for (const RouterInfo& info : router_catalog()) ids.emplace_back(info.id);
    return ids;
}
INSTANTIATE_TEST_SUITE_P(Catalog, RouterInTraining, testing::ValuesIn(router_ids()),
                         [](const auto& test) { return test.param; });

TEST(RouterCatalog, EveryRowIsFoundByItsIdAndDescribed)
{
    std::set<std::string_view> ids;
    for (const RouterInfo& info : router_catalog()) {
        EXPECT_TRUE(ids.insert(info.id).second) << info.id;
        EXPECT_EQ(find_router(info.id).value(), &info);
        EXPECT_FALSE(info.title.empty()) << info.id;
        EXPECT_TRUE(info.doc.ends_with('.')) << info.id;
    }
    const auto unknown = find_router("best");
    ASSERT_FALSE(unknown.ok());
    for (const auto id : ids) EXPECT_NE(unknown.error().hint.find(id), std::string::npos) << unknown.error().hint;
}

TEST(RouterCatalog, AModelFileImpliesTheFirstStrategyOfItsScores)
{
    for (const RouterInfo& info : router_catalog()) {
        ModelConfig config = tiny_config();
        config.scoring_func = info.scoring_func;
        config.topk_method = info.topk_method;
        const RouterInfo& implied = *router_of(config).value();
        EXPECT_EQ(implied.scoring_func, info.scoring_func);
        EXPECT_EQ(implied.topk_method, info.topk_method);
    }
    EXPECT_EQ(router_of(tiny_config()).value()->id, "sigmoid_noaux") << "a trained checkpoint keeps its balancing";
    ModelConfig odd = tiny_config();
    odd.topk_method = "greedy";
    ASSERT_FALSE(router_of(odd).ok());
    EXPECT_NE(router_of(odd).error().hint.find("noaux_tc"), std::string::npos);
}

} // namespace
} // namespace triptych::test
