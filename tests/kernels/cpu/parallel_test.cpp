// Parallel loops: every index once, exceptions come out, thread counts are put back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

namespace triptych::cpu {
namespace {

TEST(ParallelFor, VisitsEveryIndexOnce)
{
    for (const int threads : {1, 2, 3, 5}) {
        Stream stream({}, threads);
        for (const std::int64_t count : {0, 1, 2, 7, 1000}) {
            std::vector<int> fixed(static_cast<std::size_t>(count)), dynamic(static_cast<std::size_t>(count));
            parallel_for(stream, count, [&](std::int64_t i) { ++fixed[static_cast<std::size_t>(i)]; });
            parallel_for_dynamic(stream, count, [&](std::int64_t i) { ++dynamic[static_cast<std::size_t>(i)]; });
            EXPECT_EQ(fixed, std::vector<int>(static_cast<std::size_t>(count), 1)) << threads << " threads";
            EXPECT_EQ(dynamic, fixed) << threads << " threads";
        }
    }
}

TEST(ParallelFor, NumbersItsThreadsBelowTheCountOfTheStream)
{
    Stream stream({}, 3);
    std::atomic<int> highest = 0;
    const auto note = [&](std::int64_t) {
        int before = highest;
        while (thread_index() > before && !highest.compare_exchange_weak(before, thread_index())) {
        }
    };
    parallel_for(stream, 1000, note);
    EXPECT_EQ(highest, 2);
    parallel_for_dynamic(stream, 1000, note);
    EXPECT_LT(highest, 3);
}

TEST(ParallelFor, KeepsSmallLoopsOnTheCallingThread)
{
    Stream stream({}, 4);
    EXPECT_EQ(threads_for(stream, 100, 1), 4);
    EXPECT_EQ(threads_for(stream, 3, 1), 3);
    EXPECT_EQ(threads_for(stream, 100, 51), 1);
    EXPECT_EQ(threads_for(stream, 100, 50), 2);
    EXPECT_EQ(threads_for(stream, 0, 1), 1);
}

TEST(ParallelFor, CarriesTheFirstExceptionOut)
{
    for (const int threads : {1, 2}) {
        Stream stream({}, threads);
        const auto fail = [](std::int64_t i) {
            if (i == 37) throw std::runtime_error("row 37");
        };
        for (const bool dynamic : {false, true}) {
            try {
                if (dynamic)
                    parallel_for_dynamic(stream, 100, fail);
                else
                    parallel_for(stream, 100, fail);
                FAIL() << "nothing was thrown";
            } catch (const std::runtime_error& error) {
                EXPECT_EQ(std::string(error.what()), "row 37");
            }
        }
    }
}

} // namespace
} // namespace triptych::cpu
