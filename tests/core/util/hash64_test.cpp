// The content hash gives the published XXH64 values, however the bytes arrive.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/hash64.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych {
namespace {

TEST(Hash64, GivesThePublishedValues)
{
    EXPECT_EQ(hash_text(hash64("")), "ef46db3751d8e999");
    EXPECT_EQ(hash_text(hash64("a")), "d24ec4f1a98c6e5b");
    EXPECT_EQ(hash_text(hash64("abc")), "44bc2cf5ad770999");
    EXPECT_EQ(hash_text(hash64("Nobody inspects the spammish repetition")), "fbcea83c8a378bf1");
}

TEST(Hash64, DoesNotDependOnHowTheBytesArrive)
{
    std::string text;
    for (int i = 0; i < 1000; ++i) text.push_back(static_cast<char>(i * 7));
    const auto whole = hash64(text);
    for (std::size_t part = 1; part < 100; ++part) {
        Hash64 hash;
        for (std::size_t at = 0; at < text.size(); at += part) hash.update(std::string_view(text).substr(at, part));
        EXPECT_EQ(hash.digest(), whole) << "in parts of " << part;
    }
}

TEST(Hash64, ChangesWithTheSeedAndWithAnyByte)
{
    std::string text(100, 'x');
    const auto before = hash64(text);
    EXPECT_NE(hash64(text, 1), before);
    for (std::size_t i = 0; i < text.size(); ++i) {
        text[i] = 'y';
        EXPECT_NE(hash64(text), before) << "byte " << i;
        text[i] = 'x';
    }
}

} // namespace
} // namespace triptych
