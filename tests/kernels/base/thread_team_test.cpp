// Threads that stand by: every part once, whoever comes late, sleeps or is not there; nothing lost in many loops.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/thread_team.h"
#include "kernels/cpu/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace triptych {
namespace {

using cpu::parallel_for;
using cpu::parallel_for_dynamic;

std::vector<int> ones(std::int64_t count)
{
    return std::vector<int>(static_cast<std::size_t>(count), 1);
}

TEST(Together, LoopsVisitEveryIndexOnceWhatEverTheNumberOfThreads)
{
    for (const int threads : {1, 2, 3, 5}) {
        Stream stream({}, threads);
        for (const std::int64_t count : {0, 1, 2, 7, 1000}) {
            std::vector<int> fixed(static_cast<std::size_t>(count));
            std::vector<int> dynamic(static_cast<std::size_t>(count));
            stream.together([&] {
                EXPECT_EQ(stream.team() != nullptr, threads > 1);
                parallel_for(stream, count, [&](std::int64_t i) { ++fixed[static_cast<std::size_t>(i)]; });
                parallel_for_dynamic(stream, count, [&](std::int64_t i) { ++dynamic[static_cast<std::size_t>(i)]; });
            });
            EXPECT_EQ(fixed, ones(count)) << threads << " threads";
            EXPECT_EQ(dynamic, ones(count)) << threads << " threads";
            EXPECT_EQ(stream.team(), nullptr);
        }
    }
}

TEST(Together, CutsLoopsAsOpenMpDoes)
{
    // Each thread keeps the weights that it reads in its own cache, whoever starts the loop.
    constexpr int kThreads = 3;
    Stream stream({}, kThreads);
    for (const std::int64_t count : {3, 4, 5, 64, 100, 1001}) {
        std::vector<int> thread(static_cast<std::size_t>(count));
        parallel_for(stream, count, [&](std::int64_t i) { thread[static_cast<std::size_t>(i)] = cpu::thread_index(); });
        for (int t = 0; t < kThreads; ++t) {
            const std::int64_t end = cpu::detail::first_of_part(count, kThreads, t + 1);
            for (std::int64_t i = cpu::detail::first_of_part(count, kThreads, t); i < end; ++i)
                EXPECT_EQ(thread[static_cast<std::size_t>(i)], t) << i << " of " << count;
        }
    }
}

TEST(Together, LosesNoLoopWhenThreadsSleepBetweenThem)
{
    Stream stream({}, 3);
    std::int64_t total = 0;
    std::int64_t expected = 0;
    stream.together([&] {
        for (int loop = 0; loop < 3000; ++loop) {
            std::vector<std::int64_t> values(6);
            parallel_for(stream, 6, [&](std::int64_t i) { values[static_cast<std::size_t>(i)] = loop * i; });
            total += std::accumulate(values.begin(), values.end(), std::int64_t{0});
            expected += loop * std::int64_t{15};
            if (loop % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1)); // members fall asleep
        }
    });
    EXPECT_EQ(total, expected);
}

TEST(Together, WaitsForAMemberThatIsSlowerThanTheCaller)
{
    Stream stream({}, 2);
    for (int round = 0; round < 20; ++round) {
        std::vector<int> done(2);
        stream.together([&] {
            parallel_for(stream, 2, [&](std::int64_t i) {
                if (i == 1) std::this_thread::sleep_for(std::chrono::milliseconds(1)); // longer than the caller looks
                done[static_cast<std::size_t>(i)] = 1;
            });
            EXPECT_EQ(done, ones(2));
        });
    }
}

TEST(Together, NeedsNoOtherThread)
{
    // Within a parallel region OpenMP gives no further threads: the caller does the parts of those who are not there.
    Stream stream({}, 4);
    std::vector<int> visits(10);
#pragma omp parallel num_threads(1)
    {
        stream.together(
            [&] { parallel_for(stream, 10, [&](std::int64_t i) { ++visits[static_cast<std::size_t>(i)]; }); });
    }
    EXPECT_EQ(visits, ones(10));
    ThreadTeam team(4);
    team.assemble();
    std::vector<int> parts(4);
    const auto part = [&](int t) { ++parts[static_cast<std::size_t>(t)]; };
    team.run(4, part);
    team.dismiss();
    EXPECT_EQ(parts, ones(4));
}

TEST(Together, CarriesExceptionsOutAndGoesOn)
{
    Stream stream({}, 2);
    const auto fail = [](std::int64_t i) {
        if (i == 70) throw std::runtime_error("row 70");
    };
    for (const bool dynamic : {false, true}) {
        try {
            stream.together([&] {
                if (dynamic)
                    parallel_for_dynamic(stream, 100, fail);
                else
                    parallel_for(stream, 100, fail);
                FAIL() << "the loop threw nothing";
            });
            FAIL() << "nothing was thrown";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(std::string(error.what()), "row 70");
        }
        EXPECT_EQ(stream.team(), nullptr);
    }
    std::vector<int> visits(8);
    stream.together([&] { parallel_for(stream, 8, [&](std::int64_t i) { ++visits[static_cast<std::size_t>(i)]; }); });
    EXPECT_EQ(visits, ones(8));
}

TEST(Together, MayBeNestedAndLoopsWithinLoopsStayOnTheirThread)
{
    Stream stream({}, 2);
    std::vector<std::atomic<int>> visits(4 * 5);
    stream.together([&] {
        stream.together([&] {
            parallel_for(stream, 4, [&](std::int64_t i) {
                EXPECT_EQ(stream.team(), nullptr);
                parallel_for(stream, 5, [&](std::int64_t j) { ++visits[static_cast<std::size_t>(i * 5 + j)]; });
            });
        });
        EXPECT_NE(stream.team(), nullptr); // the inner one was not the last
    });
    for (const auto& count : visits) EXPECT_EQ(count, 1);
}

} // namespace
} // namespace triptych
