// Any run has curves: its own, or those in the user's cache.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/curve_cache.h"
#include "core/run/curve_cache_limit.h"
#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "core/run/sqlite_handle.h"
#include "tests/support/curve_rows.h"
#include "tests/support/without_privileges.h"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class CurveCacheTest : public testing::Test {
protected:
    CurveCacheTest()
    {
        fs::permissions(m_temp.path(), fs::perms(0755));
        fs::create_directory(m_temp / "run");
        const char* before = std::getenv("XDG_CACHE_HOME");
        if (before) m_before = before;
        ::setenv("XDG_CACHE_HOME", (m_temp / "cache").c_str(), 1);
        record(0, 1, 600);
    }
    ~CurveCacheTest() override
    {
        if (m_before)
            ::setenv("XDG_CACHE_HOME", m_before->c_str(), 1);
        else
            ::unsetenv("XDG_CACHE_HOME");
    }
    fs::path run() const { return m_temp / "run"; }
    void record(std::int64_t resumed_at, std::int64_t first, std::int64_t last) const
    {
        auto store = RunStore::open(run() / "metrics.sqlite", resumed_at);
        ASSERT_TRUE(store.ok());
        for (std::int64_t step = first; step <= last; ++step)
            (*store)->record({{Metric::Loss, step, curve_value(step, 0)}, {Metric::Tokens, step, 64.0}});
    }
    /// As a version that writes no curves leaves it.
    void remove_curves() const
    {
        fs::remove_all(run() / "curves");
        fs::remove(run() / "events.jsonl");
    }
    CurveReader opened() const
    {
        auto curves = open_curves(run());
        EXPECT_TRUE(curves.ok()) << (curves.ok() ? "" : curves.error().what);
        return curves.take();
    }
    std::size_t cached() const
    {
        std::error_code ignored;
        const auto folders = fs::directory_iterator(curve_cache_folder().value(), ignored);
        return static_cast<std::size_t>(std::distance(begin(folders), end(folders)));
    }

    TempFolder m_temp;
    std::optional<std::string> m_before;
};

TEST_F(CurveCacheTest, ARunsOwnCurvesAreTakenWhereTheyAreRight)
{
    EXPECT_EQ(opened().last_step(), 600);
    EXPECT_EQ(cached(), 0U);
}

TEST_F(CurveCacheTest, AnOldRunsCurvesAreMadeOnceAndItsFolderIsLeftAlone)
{
    remove_curves();
    const CurveReader made = opened();
    EXPECT_EQ(made.last_step(), 600);
    std::vector<double> loss(600);
    ASSERT_TRUE(made.values(made.column(Metric::Loss).value(), 1, loss).ok());
    EXPECT_EQ(loss[298], curve_value(299, 0));
    EXPECT_FALSE(fs::exists(run() / "curves"));
    ASSERT_EQ(cached(), 1U);
    const fs::path folder = fs::directory_iterator(curve_cache_folder().value())->path();
    m_temp.write((folder / "mark").lexically_relative(m_temp.path()).string(), "");
    EXPECT_EQ(open_curves(m_temp / "run/../run/")->last_step(), 600);
    EXPECT_TRUE(fs::exists(folder / "mark")) << "it was made again though nothing had changed";
    fs::resize_file(folder / "columns.json", 5);
    EXPECT_EQ(opened().last_step(), 600) << "a damaged cache is made again";
}

TEST_F(CurveCacheTest, CachedCurvesFollowADatabaseThatChanged)
{
    remove_curves();
    EXPECT_EQ(opened().last_step(), 600);
    record(600, 601, 700);
    remove_curves();
    EXPECT_EQ(opened().last_step(), 700);
    EXPECT_EQ(cached(), 1U) << "the old ones are gone";
}

TEST_F(CurveCacheTest, CurvesThatTellSomethingElseThanTheDatabaseAreNotShown)
{
    ASSERT_TRUE(CurveWriter::resume(run() / "curves", 400).ok());
    EXPECT_EQ(opened().last_step(), 600);
    EXPECT_EQ(cached(), 1U);
    {
        const auto connection = sqlite::Connection::open(run() / "metrics.sqlite", sqlite::OpenMode::ReadWrite);
        ASSERT_TRUE(connection->execute("DELETE FROM samples WHERE step > 300").ok());
    }
    EXPECT_EQ(opened().last_step(), 300) << "the curves go on beyond the database";
    // While the run is trained its curves may be a moment behind.
    const auto session = SessionFile::take(run());
    ASSERT_TRUE(session.ok());
    EXPECT_EQ(opened().last_step(), 400);
}

TEST_F(CurveCacheTest, CurvesAreEnoughWhereTheDatabaseCannotBeRead)
{
    fs::resize_file(run() / "metrics.sqlite", 100);
    EXPECT_EQ(opened().last_step(), 600);
    fs::remove_all(run() / "curves");
    const auto nothing = open_curves(run());
    ASSERT_FALSE(nothing.ok());
    EXPECT_FALSE(nothing.error().hint.empty());
    EXPECT_FALSE(open_curves(m_temp / "nowhere").ok());
}

TEST_F(CurveCacheTest, AReadOnlyRunWithoutCurvesHasThemInTheCacheOrAnErrorWhereThereIsNone)
{
    remove_curves();
    fs::create_directory(m_temp / "cache");
    fs::permissions(m_temp / "cache", fs::perms(0777));
    fs::permissions(run() / "metrics.sqlite", fs::perms(0444));
    fs::permissions(run(), fs::perms(0555));
    {
        const WithoutPrivileges nobody;
        EXPECT_EQ(opened().last_step(), 600);
        ::setenv("XDG_CACHE_HOME", "/proc/nowhere", 1);
        const auto refused = open_curves(run());
        ASSERT_FALSE(refused.ok());
        EXPECT_FALSE(refused.error().hint.empty());
    }
    fs::permissions(run(), fs::perms(0755));
}

/// Curves that were used so many hours ago; their bytes are those of the file "level0", nearly.
fs::path cached_curves(const fs::path& cache, const std::string& name, int hours, std::size_t bytes = 1'000)
{
    const fs::path folder = cache / name;
    fs::create_directories(folder);
    std::ofstream(folder / "level0") << std::string(bytes, 'x');
    std::ofstream(folder / "source.txt") << name;
    fs::last_write_time(folder / "source.txt", fs::file_time_type::clock::now() - std::chrono::hours(hours));
    return folder;
}

TEST(CurveCacheLimit, WhatWasUsedLeastRecentlyGoesFirst)
{
    const TempFolder cache;
    for (const int hours : {5, 1, 4, 2, 3}) cached_curves(cache.path(), std::to_string(hours), hours);
    trim_curve_cache(cache.path(), {3'500, std::chrono::hours(1'000)});
    for (const int hours : {1, 2, 3}) EXPECT_TRUE(fs::exists(cache / std::to_string(hours))) << hours;
    for (const int hours : {4, 5}) EXPECT_FALSE(fs::exists(cache / std::to_string(hours))) << hours;
}

TEST(CurveCacheLimit, WhatNobodyOpenedForLongGoesHoweverSmallTheCache)
{
    const TempFolder cache;
    cached_curves(cache.path(), "old", 24 * 91);
    cached_curves(cache.path(), "new", 24 * 89);
    trim_curve_cache(cache.path());
    EXPECT_FALSE(fs::exists(cache / "old"));
    EXPECT_TRUE(fs::exists(cache / "new"));
}

TEST(CurveCacheLimit, WhatIsOpenStaysAndIsNewAgain)
{
    const TempFolder cache;
    const fs::path open = cached_curves(cache.path(), "open", 24 * 200);
    const fs::path closed = cached_curves(cache.path(), "closed", 1);
    hold_cached_curves(open);
    EXPECT_LT(fs::file_time_type::clock::now() - fs::last_write_time(open / "source.txt"), std::chrono::hours(1));
    trim_curve_cache(cache.path(), {0, std::chrono::hours(0)});
    EXPECT_TRUE(fs::exists(open / "level0"));
    EXPECT_FALSE(fs::exists(closed));
}

TEST(CurveCacheLimit, FoldersOfOthersAreLeftAlone)
{
    const TempFolder cache;
    fs::create_directories(cache / "photographs");
    std::ofstream(cache / "photographs" / "one.jpg") << "x";
    std::ofstream(cache / "file") << "x";
    fs::create_directories(cache / ".triptych-0123456789abcdef.12-0");
    trim_curve_cache(cache.path(), {0, std::chrono::hours(0)});
    EXPECT_TRUE(fs::exists(cache / "photographs" / "one.jpg"));
    EXPECT_TRUE(fs::exists(cache / "file"));
    EXPECT_TRUE(fs::exists(cache / ".triptych-0123456789abcdef.12-0")) << "somebody may be making it";
    fs::last_write_time(cache / ".triptych-0123456789abcdef.12-0",
                        fs::file_time_type::clock::now() - std::chrono::hours(48));
    trim_curve_cache(cache.path(), {0, std::chrono::hours(0)});
    EXPECT_FALSE(fs::exists(cache / ".triptych-0123456789abcdef.12-0")) << "a killed process left it";
}

TEST_F(CurveCacheTest, MakingCurvesRemovesThoseThatNobodyOpened)
{
    remove_curves();
    const fs::path old = cached_curves(curve_cache_folder().value(), "0123456789abcdef", 24 * 365);
    const CurveReader made = opened();
    EXPECT_EQ(made.last_step(), 600);
    EXPECT_FALSE(fs::exists(old));
    EXPECT_EQ(cached(), 1U) << "those that were made are held";
}

} // namespace
} // namespace triptych::test
