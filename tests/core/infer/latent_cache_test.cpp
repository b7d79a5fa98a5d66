// The latent cache: its size is the paper's, and no place of it is another's.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "core/infer/latent_cache.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych::test {
namespace {

TEST(LatentCache, OfDeepSeekV3HoldsSeventyKilobytesAToken)
{
    const ModelConfig v3 = load_model_config("deepseek-v3").value();
    const LatentCache cache(v3, Device{}, DType::BF16, 3);
    EXPECT_EQ(cache.bytes_per_token(), 70'272) << "arXiv 2505.09343, table 1";
    EXPECT_EQ(cache.bytes_per_token(), cache_bytes_per_token(v3).mla);
    EXPECT_EQ(LatentCache(v3, Device{}, DType::F32, 1).bytes_per_token(), 2 * 70'272);
}

TEST(LatentCache, EveryLayerAndPositionHasAPlaceOfItsOwn)
{
    const ModelConfig config = tiny_config();
    constexpr std::int64_t kCapacity = 7;
    const LatentCache cache(config, Device{}, DType::F64, kCapacity);
    EXPECT_EQ(cache.capacity(), kCapacity);
    std::set<const double*> places;
    for (std::int64_t layer = 0; layer < config.num_hidden_layers; ++layer)
        for (std::int64_t row = 0; row < kCapacity; ++row)
            for (const View<2>& view : {cache.latent(layer, row, 1), cache.rope_key(layer, row, 1)})
                for (std::int64_t c = 0; c < view.size(1); ++c)
                    EXPECT_TRUE(places.insert(view.as<double>() + c).second);
    EXPECT_EQ(places.size() * sizeof(double), static_cast<std::size_t>(kCapacity * cache.bytes_per_token()));
    EXPECT_EQ(*places.rbegin() - *places.begin() + 1, static_cast<std::ptrdiff_t>(places.size())) << "without a hole";
    EXPECT_EQ(cache.latent(1, 0, kCapacity).rows(3, 1).raw(), cache.latent(1, 3, 1).raw());
}

TEST(LatentCache, GrowsAndIsCutBack)
{
    LatentCache cache(tiny_config(), Device{}, DType::F32, 10);
    EXPECT_EQ(cache.length(), 0);
    cache.advance(4);
    cache.advance(3);
    EXPECT_EQ(cache.length(), 7);
    cache.truncate(5);
    EXPECT_EQ(cache.length(), 5);
}

} // namespace
} // namespace triptych::test
