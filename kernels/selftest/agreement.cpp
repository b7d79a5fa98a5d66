// Comparing the outputs of a case on two devices.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/selftest/agreement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <limits>

namespace triptych::selftest {

namespace {

constexpr std::array kSizes = {CaseSize{.tokens = 0, .width = 1}, CaseSize{.tokens = 1, .width = 1},
                               CaseSize{.tokens = 6, .width = 1}, CaseSize{.tokens = 19, .width = 4},
                               CaseSize{.tokens = 130, .width = 2}};
constexpr double kWrong = std::numeric_limits<double>::infinity();

double error_of(const Output& found, const Output& expected)
{
    if (found.values.size() != expected.values.size()) return kWrong;
    double largest = 1;
    for (const double e : expected.values) largest = std::max(largest, std::abs(e));
    double error = 0;
    for (std::size_t i = 0; i < found.values.size(); ++i) {
        const double difference = std::abs(found.values[i] - expected.values[i]);
        if (!std::isfinite(difference) || (expected.exact && difference != 0)) return kWrong;
        error = std::max(error, difference / largest);
    }
    return error;
}

double error_of(const std::vector<Output>& found, const std::vector<Output>& expected)
{
    if (found.size() != expected.size()) return kWrong;
    double error = 0;
    for (std::size_t i = 0; i < found.size(); ++i) error = std::max(error, error_of(found[i], expected[i]));
    return error;
}

} // namespace

double tolerance_of(DType dtype)
{
    switch (dtype) {
    case DType::F64: return 1e-12;
    case DType::F32: return 1e-5;
    case DType::BF16: return 1e-2;
    default: return 0;
    }
}

std::vector<Agreement> check_ops(Stream& stream, DType dtype, std::span<const OpCase> cases)
{
    Stream reference(Device{}, 1);
    std::vector<Agreement> result;
    for (const OpCase& op_case : cases) {
        if (stream.device().kind != DeviceKind::Cpu && op_case.backends == Backends::CpuOnly) continue;
        if (dtype == DType::BF16 && op_case.bfloat16 == Bfloat16::No) continue;
        Agreement agreement;
        agreement.op = op_case.name;
        agreement.device = stream.device();
        agreement.dtype = dtype;
        agreement.tolerance = tolerance_of(dtype);
        try {
            for (CaseSize size : kSizes) {
                if (dtype == DType::BF16) size.grid = DType::BF16;
                agreement.error = std::max(agreement.error, error_of(op_case.run(stream, dtype, size),
                                                                     op_case.run(reference, DType::F64, size)));
            }
        } catch (const std::exception& e) {
            agreement.failure = e.what();
        }
        result.push_back(std::move(agreement));
    }
    return result;
}

} // namespace triptych::selftest
