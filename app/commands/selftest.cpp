// triptych selftest: every kernel of a device against f64 on the CPU, and the fingerprint of the mathematics.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/commands/selftest_report.h"
#include "core/session/signature.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace triptych {

namespace {

struct SelftestOptions {
    std::string devices = "cpu";
    bool signature = false;
    Format format = Format::Text;
};

/// The first device of this kind, or why there is none.
Result<Device> find_device(const std::string& name)
{
    const DeviceKind kind = name == "cuda" ? DeviceKind::Cuda : DeviceKind::Cpu;
    const auto devices = list_devices();
    const auto found =
        std::find_if(devices.begin(), devices.end(), [&](const DeviceInfo& d) { return d.device.kind == kind; });
    if (found != devices.end()) return found->device;
    return Error{"there is no CUDA device",
                 "Check that nvidia-smi shows one, and that this program was built with the CUDA "
                 "backend (cmake --preset release says so)."};
}

ExitCode check_devices(const SelftestOptions& options)
{
    std::vector<Device> devices;
    for (const std::string& name : split_list(options.devices)) {
        const auto device = find_device(name);
        if (!device) return report(device.error());
        devices.push_back(*device);
    }
    std::vector<selftest::Agreement> results;
    for (const Device device : devices) {
        Stream stream(device);
        for (const DType dtype : {DType::F32, DType::BF16}) {
            if (dtype == DType::BF16 && device.kind != DeviceKind::Cpu) continue; // its kernels take F32 alone
            const auto found = selftest::check_ops(stream, dtype, selftest::op_cases());
            results.insert(results.end(), found.begin(), found.end());
        }
    }
    return show_selftest(results, options.format);
}

ExitCode signature(Format format)
{
    const Signature found = training_signature();
    print(format == Format::Json ? nlohmann::ordered_json{{"signature", found.hash}}.dump() + "\n" : found.hash + "\n");
    return ExitCode::Done;
}

} // namespace

Action add_selftest(CLI::App& command)
{
    auto options = std::make_shared<SelftestOptions>();
    command.add_option("--device", options->devices, "Device, or several with commas between; cpu where not given")
        ->option_text("cpu,cuda")
        ->check(list_of({"cpu", "cuda"}));
    command.add_flag("--signature", options->signature,
                     "Print the hash of the losses of a tiny training in f64 instead: the same on every CPU");
    add_json(command, options->format);
    command.footer(
        "Runs each op at several sizes on random values and compares with the CPU in f64. The error is the largest\n"
        "difference over the largest value (at least 1). Exits with 1 when any op is off by more than its tolerance.");
    return [options] { return options->signature ? signature(options->format) : check_devices(*options); };
}

} // namespace triptych
