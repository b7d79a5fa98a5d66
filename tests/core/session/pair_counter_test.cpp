// Lift of pairs: 1 where experts are chosen independently, however uneven they are, and high for those that belong
// together.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/pair_counter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace triptych {
namespace {

/// Tokens that choose K of E experts, an expert by its weight and none twice.
class Choices {
public:
    Choices(std::int64_t experts, std::int64_t k) : m_weights(static_cast<std::size_t>(experts), 1.0), m_k(k) {}

    std::vector<double>& weights() { return m_weights; }
    const std::vector<std::int32_t>& rows() const { return m_rows; }

    void draw(std::int64_t tokens)
    {
        std::vector<std::pair<double, std::int32_t>> keys(m_weights.size());
        for (std::int64_t n = 0; n < tokens; ++n) {
            for (std::size_t e = 0; e < keys.size(); ++e)
                keys[e] = {std::log(m_uniform(m_random)) / m_weights[e], static_cast<std::int32_t>(e)};
            std::partial_sort(keys.begin(), keys.begin() + m_k, keys.end(), std::greater<>());
            for (std::int64_t k = 0; k < m_k; ++k) m_rows.push_back(keys[static_cast<std::size_t>(k)].second);
        }
    }

    /// From now on every so many-th token that has one of them has both.
    void plant(std::int32_t a, std::int32_t b, int every)
    {
        const auto k = static_cast<std::size_t>(m_k);
        int hit = 0;
        for (std::size_t row = 0; row < m_rows.size(); row += k) {
            const auto first = m_rows.begin() + static_cast<std::ptrdiff_t>(row);
            const auto last = first + m_k;
            const auto at_a = std::find(first, last, a);
            if (at_a == last || std::find(first, last, b) != last || ++hit % every != 0) continue;
            *(at_a == first ? first + 1 : first) = b;
        }
    }

    PairLift measure() const
    {
        PairCounter counter(static_cast<std::int64_t>(m_weights.size()));
        counter.count(view());
        return counter.measure();
    }
    ConstView<2> view() const
    {
        return {m_rows.data(), DType::I32, {static_cast<std::int64_t>(m_rows.size()) / m_k, m_k}};
    }

private:
    std::vector<double> m_weights;
    std::int64_t m_k;
    std::vector<std::int32_t> m_rows;
    std::mt19937 m_random{11};
    std::uniform_real_distribution<double> m_uniform{1e-12, 1.0};
};

TEST(PairCounter, IndependentChoicesHaveALiftOfOne)
{
    constexpr std::int64_t kTokens = 40'000;
    Choices choices(16, 4);
    choices.draw(kTokens);
    const PairLift found = choices.measure();
    ASSERT_EQ(found.lift.size(), 120U);
    const double expected = kTokens * 4.0 * 3 / (16 * 15);
    int beyond = 0;
    double sum = 0;
    for (const float lift : found.lift) {
        beyond += std::abs(static_cast<double>(lift) - 1) > 3 / std::sqrt(expected) ? 1 : 0;
        sum += static_cast<double>(lift);
    }
    EXPECT_LE(beyond, 1) << "of 120 pairs, beyond 3 standard deviations";
    EXPECT_NEAR(sum / 120, 1, 1e-3);
}

TEST(PairCounter, UnevenLoadsAloneLiftNothing)
{
    Choices choices(16, 4);
    for (std::size_t e = 0; e < 16; ++e) choices.weights()[e] = e < 2 ? 4 : 1; // chosen by most tokens
    choices.draw(40'000);
    for (const float lift : choices.measure().lift) EXPECT_NEAR(lift, 1, 0.1);
}

TEST(PairCounter, AnExpertOfAllTokensIsNobodysPartner)
{
    std::vector<std::int32_t> rows;
    for (std::int32_t n = 0; n < 7000; ++n) rows.insert(rows.end(), {0, 1 + n % 7});
    PairCounter counter(8);
    counter.count(ConstView<2>(rows.data(), DType::I32, {7000, 2}));
    const PairLift found = counter.measure();
    for (std::size_t j = 0; j < 7; ++j) EXPECT_NEAR(found.lift[j], 1, 0.1) << "with expert " << j + 1;
}

TEST(PairCounter, FindsTwoPairsPlantedAmong256Experts)
{
    Choices choices(256, 8);
    choices.draw(30'000);
    choices.plant(17, 200, 2);
    choices.plant(90, 91, 3);
    const PairLift found = choices.measure();
    EXPECT_TRUE(found.lift.empty()) << "too many pairs to show all";
    ASSERT_EQ(found.partners.size(), 256U);
    std::vector<std::pair<float, std::int32_t>> first;
    for (std::int32_t e = 0; e < 256; ++e) {
        const auto& partners = found.partners[static_cast<std::size_t>(e)];
        ASSERT_EQ(partners.size(), 8U);
        EXPECT_TRUE(std::is_sorted(partners.begin(), partners.end(),
                                   [](const auto& a, const auto& b) { return a.lift > b.lift; }));
        first.emplace_back(partners[0].lift, e);
    }
    EXPECT_EQ(found.partners[17][0].expert, 200);
    EXPECT_EQ(found.partners[200][0].expert, 17);
    EXPECT_EQ(found.partners[90][0].expert, 91);
    EXPECT_EQ(found.partners[91][0].expert, 90);
    std::sort(first.rbegin(), first.rend());
    std::vector<std::int32_t> strongest = {first[0].second, first[1].second, first[2].second, first[3].second};
    std::sort(strongest.begin(), strongest.end());
    EXPECT_EQ(strongest, (std::vector<std::int32_t>{17, 90, 91, 200}));
    EXPECT_GT(found.partners[90][0].lift, 3);
}

TEST(PairCounter, AFewTokensMakeNoPartnersAmongManyExperts)
{
    const std::vector<std::int32_t> rows = {3, 70, 3, 70, 3, 70, 3, 70, 3, 70, 3, 70, 3, 70};
    PairCounter counter(100);
    counter.count(ConstView<2>(rows.data(), DType::I32, {7, 2}));
    EXPECT_TRUE(counter.measure().partners.at(3).empty()) << "seen 7 times";
    counter.count(ConstView<2>(rows.data(), DType::I32, {1, 2}));
    EXPECT_EQ(counter.measure().partners.at(3).size(), 1U);
    counter.fade(0.5);
    EXPECT_TRUE(counter.measure().partners.at(3).empty());
}

TEST(PairCounter, OneExpertATokenMakesNoPairsAndAnIdleOneNoLift)
{
    PairCounter counter(4);
    const std::vector<std::int32_t> single = {0, 1, 2, 3};
    counter.count(ConstView<2>(single.data(), DType::I32, {4, 1}));
    EXPECT_TRUE(counter.measure().lift.empty());
    EXPECT_TRUE(counter.measure().partners.empty());
    const std::vector<std::int32_t> pairs = {0, 1, 1, 2, 2, 0};
    counter.count(ConstView<2>(pairs.data(), DType::I32, {3, 2}));
    const PairLift found = counter.measure();
    EXPECT_NEAR(found.lift.at(0), 1, 1e-3);
    EXPECT_EQ(found.lift.at(2), 0.0F) << "nobody chose expert 3";
    EXPECT_TRUE(found.partners.at(3).empty());
}

} // namespace
} // namespace triptych
