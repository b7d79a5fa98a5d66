// What `triptych selftest --device cuda` runs, on a GPU or in the emulation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/selftest/agreement.h"
#include "tests/support/op_test.h"

namespace triptych::test {
namespace {

class CudaSelftest : public OpTestBase {};

TEST_P(CudaSelftest, EveryOpWithACudaBackendAgreesWithTheReference)
{
    const auto results = selftest::check_ops(stream(), DType::F32, selftest::op_cases());
    for (const selftest::Agreement& a : results)
        EXPECT_TRUE(a.ok()) << a.op << " is off by " << a.error << ", allowed " << a.tolerance << " " << a.failure;
    std::size_t expected = 0;
    for (const selftest::OpCase& op_case : selftest::op_cases())
        expected += op_case.backends == Backends::CpuAndCuda ? 1 : 0;
    EXPECT_EQ(results.size(), expected) << "ops without a CUDA backend are left out, and no others";
}

INSTANTIATE_TEST_SUITE_P(, CudaSelftest, testing::Values(Backend{DeviceKind::Cuda, DType::F32}),
                         testing::PrintToStringParamName());

} // namespace
} // namespace triptych::test
