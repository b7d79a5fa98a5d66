// The emulated test programs: GoogleTest, and a failure for every finding that a test leaves behind.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/findings.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace cuda_emulation::test {

std::string line_marked(const std::string& source, const std::string& mark)
{
    // CTest starts in tests/, a developer often in the root.
    const char* folder = std::filesystem::exists("cuda_emulation") ? "cuda_emulation/" : "tests/cuda_emulation/";
    std::ifstream in(folder + source);
    const std::string comment = "// found: " + mark;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.size() >= comment.size() && line.compare(line.size() - comment.size(), comment.size(), comment) == 0)
            return source + ":" + std::to_string(number);
    }
    ADD_FAILURE() << source << " has no line that ends in \"" << comment << "\"";
    return "?";
}

void FindingsFailTests::OnTestEnd(const testing::TestInfo&)
{
    for (const std::string& report : take_reports()) ADD_FAILURE() << "CUDA emulation: " << report;
}

} // namespace cuda_emulation::test

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    testing::UnitTest::GetInstance()->listeners().Append(new cuda_emulation::test::FindingsFailTests);
    return RUN_ALL_TESTS();
}
