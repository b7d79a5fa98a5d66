// Whether a training adds to a run, told by sizes and times of its files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_pulse.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// What a training writes to with its steps.
constexpr std::array kFiles = {"curves/tail.bin", "curves/level-0.bin", "events.jsonl", "time.json", "session.json"};

class RunPulseTest : public testing::TestWithParam<const char*> {
protected:
    RunPulse pulse() const { return read_pulse(m_run.path()); }
    void write(std::string_view name, std::string_view text, std::chrono::seconds age = 0s) const
    {
        fs::last_write_time(m_run.write(name, text), fs::file_time_type::clock::now() - age);
    }

    TempFolder m_run;
};

INSTANTIATE_TEST_SUITE_P(EachFile, RunPulseTest, testing::ValuesIn(kFiles), [](const auto& file) {
    std::string name = file.param;
    for (char& c : name)
        if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    return name;
});

TEST_P(RunPulseTest, OneFileThatGrowsIsSeen)
{
    const RunPulse before = pulse();
    EXPECT_EQ(before, RunPulse{}) << "nothing is there";
    write(GetParam(), "one", 1h);
    const RunPulse one = pulse();
    EXPECT_NE(one, before);
    EXPECT_EQ(one, pulse()) << "nobody wrote";
    write(GetParam(), "one and two", 1h);
    EXPECT_NE(pulse(), one) << "it is longer";
}

TEST_P(RunPulseTest, OneFileThatIsWrittenAnewAtTheSameLengthIsSeen)
{
    write(GetParam(), "one", 1h);
    const RunPulse one = pulse();
    write(GetParam(), "two", 30min);
    EXPECT_NE(pulse(), one);
}

TEST_P(RunPulseTest, OneFreshFileIsEnough)
{
    for (const char* file : kFiles) write(file, "x", 1h);
    EXPECT_FALSE(pulse().is_fresh());
    write(GetParam(), "x");
    EXPECT_TRUE(pulse().is_fresh());
    write(GetParam(), "x", kRunSilence / 2);
    EXPECT_TRUE(pulse().is_fresh());
    write(GetParam(), "x", 2 * kRunSilence);
    EXPECT_FALSE(pulse().is_fresh());
}

TEST_P(RunPulseTest, AClockThatGoesBeforeOursIsBelievedAsFarAsOneThatGoesBehind)
{
    write(GetParam(), "x", -kRunSilence / 2);
    EXPECT_TRUE(pulse().is_fresh());
    write(GetParam(), "x", -1h);
    EXPECT_FALSE(pulse().is_fresh());
}

TEST(RunPulses, OfNothingAreNotFreshAndNotesOfPeopleAreNoSteps)
{
    TempFolder run;
    EXPECT_FALSE(RunPulse{}.is_fresh());
    EXPECT_FALSE(read_pulse(run / "nowhere").is_fresh());
    run.write("notes.json", "{}");
    run.write("run.json", "{}");
    EXPECT_EQ(read_pulse(run.path()), RunPulse{});
}

TEST(RunPulses, EachFileHasAPlaceOfItsOwn)
{
    TempFolder run;
    std::size_t length = 0;
    for (const char* file : kFiles) run.write(file, std::string(++length, 'x'));
    std::set<std::uint64_t> sizes;
    for (const FileStamp& file : read_pulse(run.path()).files) sizes.insert(file.size);
    EXPECT_EQ(sizes, (std::set<std::uint64_t>{1, 2, 3, 4, 5}));
}

} // namespace
} // namespace triptych::test
