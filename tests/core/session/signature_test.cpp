// The signature on record is the one that this build computes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/signature.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

/// When this fails the mathematics has changed. If that was meant, write the new value into the file, and into the
/// commit message as "Signature: ...".
TEST(Signature, IsTheOneOnRecord)
{
    const Signature found = training_signature();
    std::string recorded = slurp(TRIPTYCH_SOURCE_DIR "/tests/golden/signature.txt");
    recorded.erase(recorded.find_last_not_of('\n') + 1);
    EXPECT_EQ(found.hash, recorded);
    EXPECT_EQ(found.hash.size(), 8U);
    EXPECT_EQ(found.losses.size(), 20U);
    for (const double loss : found.losses) EXPECT_TRUE(std::isfinite(loss));
    EXPECT_LT(found.losses.back(), found.losses.front() - 0.5) << "it does not learn";
}

TEST(Signature, IsTheSameTwice)
{
    EXPECT_EQ(training_signature().losses, training_signature().losses);
}

} // namespace
} // namespace triptych::test
