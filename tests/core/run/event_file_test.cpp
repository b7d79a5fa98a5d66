// Events as lines: followed while they are written, whole after a killed process or a full disk.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/event_file.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

class EventFileTest : public testing::Test {
protected:
    std::filesystem::path file() const { return m_temp / "events.jsonl"; }
    static StoredEvent event(std::int64_t step, const std::string& message = "words")
    {
        return {step, "2025-01-01T00:00:00Z", "state", message};
    }
    static EventFileWriter create(const std::filesystem::path& file, const std::vector<StoredEvent>& events)
    {
        auto writer = EventFileWriter::create(file, events);
        EXPECT_TRUE(writer.ok());
        return writer.take();
    }

    TempFolder m_temp;
};

TEST_F(EventFileTest, EventsComeBackAsTheyWereWrittenAndAPageGoesOnWhereTheLastEnded)
{
    const std::string text = "two\nlines, a \"quote\", \t and \xF0\x9F\x98\x80";
    EventFileWriter writer = create(file(), {event(1, text), event(2)});
    auto page = read_events(file()).value();
    ASSERT_EQ(page.events.size(), 2U);
    EXPECT_EQ(page.events[0].message, text);
    EXPECT_EQ(page.events[1].step, 2);
    EXPECT_EQ(page.events[1].time, "2025-01-01T00:00:00Z");
    EXPECT_EQ(page.events[1].kind, "state");
    writer.append(event(3));
    EXPECT_TRUE(read_events(file(), page.next)->events.empty()) << "it is not committed";
    ASSERT_TRUE(writer.commit().ok());
    page = read_events(file(), page.next).value();
    ASSERT_EQ(page.events.size(), 1U);
    EXPECT_EQ(page.events[0].step, 3);
    EXPECT_FALSE(page.anew);
    writer.append(event(4, "broken \xFF text"));
    ASSERT_TRUE(writer.commit().ok());
    EXPECT_EQ(read_events(file(), page.next)->events.at(0).message, "broken \xEF\xBF\xBD text");
}

TEST_F(EventFileTest, ALineWithoutItsEndIsLeftForLaterAndAShorterFileIsReadAnew)
{
    create(file(), {event(1), event(2), event(3)});
    const std::string whole = slurp(file());
    m_temp.rewrite("events.jsonl", whole.substr(0, whole.size() - 1));
    auto page = read_events(file()).value();
    EXPECT_EQ(page.events.size(), 2U);
    m_temp.rewrite("events.jsonl", whole);
    page = read_events(file(), page.next).value();
    ASSERT_EQ(page.events.size(), 1U);
    EXPECT_EQ(page.events[0].step, 3);
    create(file(), {event(1)});
    page = read_events(file(), page.next).value();
    EXPECT_TRUE(page.anew);
    EXPECT_EQ(page.events.size(), 1U);
    const auto missing = read_events(m_temp / "nothing");
    ASSERT_FALSE(missing.ok());
    EXPECT_FALSE(missing.error().hint.empty());
}

TEST_F(EventFileTest, AFullDiskLosesNoEventOnceThereIsRoomAgain)
{
    EventFileWriter writer = create(file(), {event(1)});
    {
        const FileSizeLimit limit(500);
        writer.append(event(2, std::string(1000, 'x')));
        EXPECT_FALSE(writer.commit().ok());
        writer.append(event(3));
        EXPECT_FALSE(writer.commit().ok());
    }
    ASSERT_TRUE(writer.commit().ok());
    const auto events = read_events(file())->events;
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].message.size(), 1000U);
    EXPECT_EQ(events[2].step, 3);
}

TEST_F(EventFileTest, DamagedLinesAreLeftOut)
{
    std::vector<StoredEvent> events;
    for (std::int64_t step = 1; step <= 20; ++step) events.push_back(event(step));
    create(file(), events);
    const std::string whole = slurp(file());
    std::size_t kept = 0;
    for (std::uint64_t round = 0; round < 1000; ++round) {
        m_temp.rewrite("events.jsonl", mutated(whole, 5, round));
        const auto page = read_events(file());
        ASSERT_TRUE(page.ok());
        EXPECT_LE(page->next, std::filesystem::file_size(file()));
        EXPECT_LE(page->events.size(), 25U);
        kept += page->events.size();
    }
    EXPECT_GT(kept, 14'000U) << "one damaged line costs no other";
}

} // namespace
} // namespace triptych::test
