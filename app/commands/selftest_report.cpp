// Rows of ops.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/selftest_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace triptych {

namespace {

std::string lower_name(DType dtype)
{
    std::string name(name_of(dtype));
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name;
}

const char* kind_name(Device device)
{
    return device.kind == DeviceKind::Cpu ? "cpu" : "cuda";
}

void print_json(const std::vector<selftest::Agreement>& results)
{
    auto rows = nlohmann::ordered_json::array();
    for (const auto& r : results)
        rows.push_back({{"op", r.op},
                        {"device", kind_name(r.device)},
                        {"dtype", lower_name(r.dtype)},
                        {"error", r.failure.empty() ? nlohmann::ordered_json(r.error) : nlohmann::ordered_json()},
                        {"tolerance", r.tolerance},
                        {"ok", r.ok()}});
    print(rows.dump() + "\n");
}

void print_table(const std::vector<selftest::Agreement>& results)
{
    print(fmt::format("{:<32} {:<7} {:<6} {:>9}  {:>9}\n", "op", "device", "dtype", "error", "tolerance"));
    for (const auto& r : results) {
        const std::string outcome = r.ok() ? "ok" : r.failure.empty() ? "WRONG" : "FAILED: " + printable(r.failure);
        print(fmt::format("{:<32} {:<7} {:<6} {:>9.1e}  {:>9.0e}  {}\n", r.op, kind_name(r.device), lower_name(r.dtype),
                          r.error, r.tolerance, outcome));
    }
}

} // namespace

ExitCode show_selftest(const std::vector<selftest::Agreement>& results, Format format)
{
    if (format == Format::Json)
        print_json(results);
    else
        print_table(results);
    std::vector<std::string> wrong;
    for (const auto& r : results)
        if (!r.ok()) wrong.push_back(r.op + " on " + kind_name(r.device));
    if (!wrong.empty())
        return report({fmt::format("{} of {} kernels disagree with the f64 reference: {}", wrong.size(), results.size(),
                                   fmt::join(wrong, ", ")),
                       "Do not trust results of this device. Please report the table with the name of the device and "
                       "its driver."});
    if (format == Format::Text) print(fmt::format("All {} kernels agree with the f64 reference.\n", results.size()));
    return ExitCode::Done;
}

} // namespace triptych
