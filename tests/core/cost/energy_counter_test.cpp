// Energy from the processors' counters, in a folder made like the system's.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/energy_counter.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

void set_package(const TempFolder& temp, const std::string& folder, const std::string& name, const std::string& count)
{
    temp.write(folder + "/name", name + "\n");
    temp.write(folder + "/energy_uj", count + "\n");
    temp.write(folder + "/max_energy_range_uj", "1000000000\n");
}

TEST(EnergyCounter, AddsThePackagesAndNeitherTheirPartsNorTheWholePlatform)
{
    const TempFolder temp;
    set_package(temp, "intel-rapl:0", "package-0", "5000000");
    set_package(temp, "intel-rapl:1", "package-1", "7000000");
    set_package(temp, "intel-rapl:0:0", "core", "1000000");
    set_package(temp, "intel-rapl:2", "psys", "1000000");
    auto counter = EnergyCounter::open(temp.path());
    ASSERT_TRUE(counter.ok());
    EXPECT_EQ(counter->take_joules(), 0);
    set_package(temp, "intel-rapl:0", "package-0", "6000000");
    set_package(temp, "intel-rapl:1", "package-1", "9500000");
    set_package(temp, "intel-rapl:0:0", "core", "900000000");
    set_package(temp, "intel-rapl:2", "psys", "900000000");
    EXPECT_DOUBLE_EQ(counter->take_joules(), 3.5);
    EXPECT_EQ(counter->take_joules(), 0) << "each joule once";
}

TEST(EnergyCounter, PutsACounterRightThatRanOver)
{
    const TempFolder temp;
    set_package(temp, "intel-rapl:0", "package-0", "999000000");
    auto counter = EnergyCounter::open(temp.path());
    ASSERT_TRUE(counter.ok());
    set_package(temp, "intel-rapl:0", "package-0", "2000000");
    EXPECT_DOUBLE_EQ(counter->take_joules(), 3);
}

TEST(EnergyCounter, GoesOnWithoutACounterThatIsGoneOrBroken)
{
    const TempFolder temp;
    set_package(temp, "intel-rapl:0", "package-0", "1000000");
    auto counter = EnergyCounter::open(temp.path());
    ASSERT_TRUE(counter.ok());
    temp.rewrite("intel-rapl:0/energy_uj", "broken");
    EXPECT_EQ(counter->take_joules(), 0);
    temp.write("intel-rapl:0/energy_uj", "4000000");
    EXPECT_DOUBLE_EQ(counter->take_joules(), 3);
}

TEST(EnergyCounter, SaysWhatToDoWhereThereIsNone)
{
    const TempFolder temp;
    const auto none = EnergyCounter::open(temp.path());
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().hint.find("watts"), std::string::npos);
    EXPECT_FALSE(EnergyCounter::open(temp / "missing").ok());
    temp.write("intel-rapl:0/name", "package-0\n");
    temp.write("intel-rapl:0/energy_uj", "");
    const auto refused = EnergyCounter::open(temp.path());
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("may not be read"), std::string::npos);
}

} // namespace
} // namespace triptych::test
