// Folder of a run that was never trained, with an account of its time and round numbers to price.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/time_account.h"
#include "tests/support/run_folders.h"

namespace triptych::test {

/// 300 s of steps that stand, and so many of checkpoints.
inline void write_account(const std::filesystem::path& folder, double checkpoint_seconds)
{
    TimeAccount account;
    account.set(TimeUse::Productive, 300);
    account.set(TimeUse::Checkpoint, checkpoint_seconds);
    ASSERT_TRUE(write_time_account(folder, account).ok());
}

/// A second and 1,000 tokens a step, the loss falls by 0.01 nats a step; a plan of 400 steps, of which 300 are done.
/// Its goodput is 75 %.
inline void make_priced_run(const std::filesystem::path& folder)
{
    std::filesystem::create_directories(folder);
    Manifest manifest = made_up_manifest();
    manifest.schedule_steps = 400;
    manifest.train.threads = 2;
    ASSERT_TRUE(write_manifest(folder, manifest).ok());
    const auto store = RunStore::open(folder / "metrics.sqlite", 0);
    ASSERT_TRUE(store.ok());
    for (std::int64_t step = 1; step <= 300; ++step) {
        const auto s = static_cast<double>(step);
        (*store)->record({{Metric::MainLoss, step, 9 - 0.01 * s},
                          {Metric::Tokens, step, 1000 * s},
                          {Metric::TrainSeconds, step, s}});
    }
    write_account(folder, 100);
}

} // namespace triptych::test
