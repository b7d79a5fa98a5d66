// Killed while saving, or with the disk really full: a whole checkpoint is there at every moment.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/checkpoint_writer.h"
#include "core/formats/hf_checkpoint.h"
#include "kernels/base/rng.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <functional>

namespace triptych {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kValues = 20'000;

/// A checkpoint whose every value is the same, so that a mixture would show.
Status write_all(const fs::path& place, float value)
{
    const std::vector<float> values(kValues, value);
    const std::vector<TensorToWrite> tensors = {{"a", {kValues}, values.data(), DType::F32, DType::F32},
                                                {"b", {kValues}, values.data(), DType::F32, DType::F32}};
    Result<CheckpointWriter> writer = CheckpointWriter::begin(place, IfExists::Replace);
    if (!writer) return writer.error();
    if (Status s = writer->write_model(ModelConfig{}, tensors, kValues * 4); !s) return s; // two shards
    return writer->commit();
}

/// The one value that all have, or -1.
float value_of(const fs::path& place)
{
    const Result<HfCheckpoint> checkpoint = HfCheckpoint::open(place);
    if (!checkpoint) return -1;
    std::vector<float> values(2 * kValues);
    for (const auto& [name, offset] : {std::pair{"a", std::int64_t{0}}, std::pair{"b", kValues}})
        if (!checkpoint->read_into(name, std::vector{kValues}, values.data() + offset, DType::F32)) return -1;
    const bool same = std::all_of(values.begin(), values.end(), [&](float v) { return v == values[0]; });
    return same ? values[0] : -1;
}

/// Runs work in a child process and gives its exit status.
int in_child(const std::function<int()>& work)
{
    const pid_t child = ::fork();
    if (child == 0) ::_exit(work());
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(CheckpointCrash, AKilledWriterLeavesAWholeCheckpoint)
{
    const test::TempFolder temp;
    ASSERT_TRUE(write_all(temp / "m", 0).ok());
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(write_all(temp / "m", 1).ok());
    const auto one_write =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start);
    const Philox random(7, 7);
    float newest = 1;
    double span = 2.0 * static_cast<double>(one_write.count()); // microseconds: anywhere within two writes
    for (std::uint64_t round = 0; round < 25 || (newest == 1 && round < 60); ++round) {
        const pid_t child = ::fork();
        if (child == 0) {
            for (float value = newest + 1;; ++value)
                if (!write_all(temp / "m", value)) ::_exit(1);
        }
        ::usleep(static_cast<useconds_t>(random.uniform(round) * span));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself";
        const float found = value_of(temp / "m");
        ASSERT_GE(found, newest) << "round " << round;
        // On a busy machine a write takes longer than the one that was measured.
        if (found == newest) span *= 1.2;
        newest = found;
    }
    ASSERT_TRUE(write_all(temp / "m", newest + 1).ok()) << "what the dead left does not hinder the next";
    EXPECT_EQ(value_of(temp / "m"), newest + 1);
    EXPECT_GT(newest, 1) << "no write ever came to its end, so that this tested little";
    EXPECT_EQ(std::distance(fs::directory_iterator(temp.path()), fs::directory_iterator()), 1);
}

TEST(CheckpointCrash, AFullDiskIsSaidAndLeavesTheOldCheckpoint)
{
    const test::TempFolder temp;
    constexpr int kNoMount = 77;
    const int result = in_child([&] {
        // A disk of 400 KiB of our own: the first checkpoint of 160 KB fits, a second beside it does not after the
        // filler.
        if (::geteuid() != 0 && ::unshare(CLONE_NEWUSER) != 0) return kNoMount;
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
            return kNoMount;
        if (::mount("tmpfs", temp.path().c_str(), "tmpfs", 0, "size=400k") != 0) return kNoMount;
        if (!write_all(temp / "m", 1)) return 1;
        temp.write("filler", std::string(150'000, 'x'));
        const Status status = write_all(temp / "m", 2);
        if (status || status.error().what.find("no space left on the disk") == std::string::npos) return 2;
        if (value_of(temp / "m") != 1) return 3;
        return std::distance(fs::directory_iterator(temp.path()), fs::directory_iterator()) == 2 ? 0 : 4;
    });
    if (result == kNoMount) GTEST_SKIP() << "this system does not let us mount a small disk";
    EXPECT_EQ(result, 0);
}

} // namespace
} // namespace triptych
