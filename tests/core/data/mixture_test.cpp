// Shares are exact in every block, and each corpus's rows come each exactly once.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/mixture.h"

#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <stdexcept>
#include <vector>

namespace triptych {
namespace {

TEST(Mixture, GivesSharesByWeight)
{
    using Quotas = std::vector<std::uint64_t>;
    EXPECT_EQ(Mixture({1, 1}, 1).quotas(), (Quotas{512, 512}));
    EXPECT_EQ(Mixture({3, 1}, 1).quotas(), (Quotas{768, 256}));
    EXPECT_EQ(Mixture({1e12, 1e-12}, 1).quotas(), (Quotas{1023, 1}));
    const auto thirds = Mixture({1, 1, 1}, 1).quotas();
    EXPECT_EQ(std::accumulate(thirds.begin(), thirds.end(), std::uint64_t{0}), 1024u);
    for (const auto quota : thirds) EXPECT_NEAR(static_cast<double>(quota), 341.3, 1.0);
    const auto many = Mixture(std::vector<double>(512, 1.0), 1).quotas();
    EXPECT_EQ(many, Quotas(512, 2));
}

TEST(Mixture, EveryRowOfACorpusComesOnce)
{
    const Mixture mixture({5, 2, 1}, 9);
    std::vector<std::set<std::uint64_t>> rows(3);
    for (std::uint64_t row = 0; row < 4 * Mixture::kBlock; ++row) {
        const auto place = mixture.place_of(row);
        EXPECT_TRUE(rows[place.corpus].insert(place.row).second);
    }
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(rows[i].size(), 4 * mixture.quotas()[i]);
        EXPECT_EQ(*rows[i].rbegin(), rows[i].size() - 1);
    }
}

TEST(Mixture, IsShuffledByTheSeed)
{
    const auto corpora = [](std::uint64_t seed) {
        const Mixture mixture({1, 1}, seed);
        std::vector<std::size_t> order;
        for (std::uint64_t row = 0; row < 64; ++row) order.push_back(mixture.place_of(row).corpus);
        return order;
    };
    EXPECT_EQ(corpora(1), corpora(1));
    EXPECT_NE(corpora(1), corpora(2));
}

TEST(Mixture, RefusesWeightsThatAreNone)
{
    EXPECT_THROW(Mixture({}, 1), std::invalid_argument);
    EXPECT_THROW(Mixture({1, 0}, 1), std::invalid_argument);
    EXPECT_THROW(Mixture(std::vector<double>(513, 1.0), 1), std::invalid_argument);
}

} // namespace
} // namespace triptych
