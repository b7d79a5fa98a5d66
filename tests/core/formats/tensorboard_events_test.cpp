// Event files against one that TensorBoard's own messages and writer made (tests/golden/make_tensorboard_reference.py).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensorboard_events.h"
#include "tests/support/golden.h"
#include "tests/support/temp_folder.h"

#include <array>
#include <limits>

namespace triptych::test {
namespace {

TEST(TensorboardEvents, AreTheBytesThatTensorboardWrites)
{
    constexpr double kBegan = 1740830400;
    std::string file = event_file_head(kBegan);
    file += text_event(kBegan, "run/configuration", "| model | `tiny` |\n");
    std::array first = {EventScalar{"loss/main", 5.5, "Cross entropy."}, EventScalar{"balance/max_vio", 0.1, "1"}};
    file += scalar_event(kBegan + 0.25, 1, first);
    std::array second = {EventScalar{"loss/main", std::numeric_limits<double>::quiet_NaN(), {}},
                         EventScalar{"balance/max_vio", -1e-30, {}}};
    file += scalar_event(kBegan + 1.5, 300, second);
    std::array third = {EventScalar{"progress/tokens", 16777217, {}}};
    file += scalar_event(kBegan + 2, 5'000'000'000, third);
    EXPECT_EQ(file, slurp(golden_folder("tensorboard") / "events.out.tfevents.golden"));
}

TEST(TensorboardEvents, RecordsHaveTheirLengthAndTwoMaskedChecksums)
{
    // An empty record: its length is eight zero bytes.
    EXPECT_EQ(tf_record(""), std::string("\0\0\0\0\0\0\0\0\x29\x03\x98\x07\xd8\xea\x82\xa2", 16));
    EXPECT_EQ(tf_record("abc").size(), 3 + 16U);
    EXPECT_EQ(tf_record("abc").substr(12, 3), "abc");
}

} // namespace
} // namespace triptych::test
