// A process that is killed amid its work, for what must survive that.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

namespace triptych::test {

/// Runs the work in a child, and kills it a while after it has called `ready`. Work that ends by itself fails the test.
inline void kill_amid(const std::function<void(const std::function<void()>& ready)>& work, unsigned microseconds)
{
    int written[2] = {};
    ASSERT_EQ(::pipe(written), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        work([&] {
            if (::write(written[1], "x", 1) != 1) ::_exit(1);
        });
        ::_exit(1);
    }
    ::close(written[1]);
    char mark = 0;
    ASSERT_EQ(::read(written[0], &mark, 1), 1);
    ::usleep(microseconds);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(written[0]);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the work ended by itself";
}

} // namespace triptych::test
