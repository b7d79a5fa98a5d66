// Tests that plant a mistake: expects a finding that says what and names the line.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/cuda_emulation/emulation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cuda_emulation::test {

/// Puts the options back at the end of a test.
class KeepsOptions {
public:
    ~KeepsOptions() { options() = m_before; }

private:
    Options m_before = options();
};

/// Fails unless one of the reports since the last call holds both texts.
inline void expect_finding(const std::string& what, const std::string& where)
{
    const std::vector<std::string> reports = take_reports();
    const bool found = std::any_of(reports.begin(), reports.end(), [&](const std::string& report) {
        return report.find(what) != std::string::npos && report.find(where) != std::string::npos;
    });
    std::string all;
    for (const std::string& report : reports) all += "\n  " + report;
    EXPECT_TRUE(found) << "expected a finding with \"" << what << "\" and \"" << where << "\", found:" << all;
}

inline void expect_no_finding()
{
    EXPECT_EQ(take_reports(), std::vector<std::string>());
}

/// "name.cpp:42", the line of `source` that ends in the comment "// found: mark".
std::string line_marked(const std::string& source, const std::string& mark);

/// Fails a test that leaves a finding untaken: so every test of a kernel is one of its accesses, too.
class FindingsFailTests : public testing::EmptyTestEventListener {
    void OnTestEnd(const testing::TestInfo&) override;
};

} // namespace cuda_emulation::test
