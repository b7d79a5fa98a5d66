// CRC-32C against published values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/crc32c.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych::test {
namespace {

TEST(Crc32c, GivesThePublishedValues)
{
    // The check value of the polynomial's entry in catalogues of CRCs, and RFC 3720, B.4.
    EXPECT_EQ(crc32c("123456789"), 0xE306'9283U);
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A91'36AAU);
    EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8'AB43U);
    EXPECT_EQ(crc32c(""), 0U);
}

} // namespace
} // namespace triptych::test
