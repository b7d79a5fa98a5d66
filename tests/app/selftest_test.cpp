// The selftest as users run it, and that it fails when a kernel does.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/selftest_report.h"
#include "core/session/signature.h"
#include "kernels/base/device.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <set>

namespace triptych::test {
namespace {

using Json = nlohmann::json;

TEST(SelftestCommand, ListsEveryOpAndPasses)
{
    const Outcome done = run_program({"selftest", "--json"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    const Json rows = json_of<Json>(done);
    const auto& cases = selftest::op_cases();
    const auto in_bfloat16 = std::count_if(cases.begin(), cases.end(), [](const selftest::OpCase& c) {
        return c.bfloat16 == selftest::Bfloat16::Yes;
    });
    ASSERT_EQ(rows.size(), cases.size() + static_cast<std::size_t>(in_bfloat16));
    EXPECT_GT(in_bfloat16, 10);
    for (const Json& row : rows) {
        EXPECT_EQ(keys_of(row), (std::set<std::string>{"op", "device", "dtype", "error", "tolerance", "ok"}));
        EXPECT_EQ(row["device"], "cpu");
        EXPECT_EQ(row["dtype"], &row - &rows[0] < static_cast<std::ptrdiff_t>(cases.size()) ? "f32" : "bf16");
        EXPECT_EQ(row["ok"], true);
        EXPECT_LE(row["error"], row["tolerance"]);
    }
    const Outcome table = run_program({"selftest"});
    EXPECT_EQ(table.exit_code, 0);
    EXPECT_NE(table.out.find("linear_forward "), std::string::npos);
    EXPECT_NE(table.out.find("kernels agree with the f64 reference"), std::string::npos);
}

TEST(SelftestCommand, PrintsTheSignatureOnRecord)
{
    std::string recorded = slurp(TRIPTYCH_SOURCE_DIR "/tests/golden/signature.txt");
    recorded.erase(recorded.find_last_not_of('\n') + 1);
    const Outcome done = run_program({"selftest", "--signature"});
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.out, recorded + "\n");
    EXPECT_EQ(json_of<Json>(run_program({"selftest", "--signature", "--json"})), (Json{{"signature", recorded}}));
}

TEST(SelftestCommand, SaysThatThereIsNoGpuOrTestsIt)
{
    const auto devices = list_devices();
    const Outcome done = run_program({"selftest", "--device", "cuda", "--json"});
    if (devices.size() == 1) {
        expect_refusal(done, 1, "there is no CUDA device", "nvidia-smi");
        expect_refusal(run_program({"selftest", "--device", "cpu,cuda"}), 1, "there is no CUDA device", "nvidia-smi");
        return;
    }
    EXPECT_EQ(done.exit_code, 0) << done.err;
    for (const Json& row : json_of<Json>(done)) EXPECT_EQ(row["device"], "cuda");
}

TEST(SelftestReport, FailsWhenAnyKernelIsWrong)
{
    const auto row = [](const char* op, double error, const char* failure) {
        selftest::Agreement a;
        a.op = op;
        a.error = error;
        a.tolerance = 1e-5;
        a.failure = failure;
        return a;
    };
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const ExitCode json = show_selftest({row("add", 1e-7, ""), row("copy", std::numeric_limits<double>::infinity(), ""),
                                         row("scale", 0, "the device is gone")},
                                        Format::Json);
    std::fflush(stdout);
    const Json rows = Json::parse(testing::internal::GetCapturedStdout());
    const std::string message = testing::internal::GetCapturedStderr();
    EXPECT_EQ(json, ExitCode::Failed);
    EXPECT_EQ(rows[0]["ok"], true);
    EXPECT_EQ(rows[1]["ok"], false);
    EXPECT_TRUE(rows[1]["error"].is_null()) << "infinite";
    EXPECT_EQ(rows[2]["ok"], false);
    EXPECT_NE(message.find("2 of 3 kernels disagree with the f64 reference: copy on cpu, scale on cpu"),
              std::string::npos)
        << message;

    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    EXPECT_EQ(show_selftest({row("scale", 0, "the device is gone")}, Format::Text), ExitCode::Failed);
    std::fflush(stdout);
    EXPECT_NE(testing::internal::GetCapturedStdout().find("FAILED: the device is gone"), std::string::npos);
    (void)testing::internal::GetCapturedStderr();
}

} // namespace
} // namespace triptych::test
