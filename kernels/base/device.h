// Where tensors live and ops run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

enum class DeviceKind : std::uint8_t { Cpu = 1, Cuda };

struct Device {
    DeviceKind kind = DeviceKind::Cpu;
    int index = 0;
    bool operator==(const Device&) const = default;
};

/// Tags that pick the backend of a launch() overload.
struct Cpu {};
struct Cuda {};

/// Which backends implement an op; each op names its set, so that a missing one is seen in its declaration.
enum class Backends : std::uint8_t { CpuOnly = 1, CpuAndCuda };

struct DeviceInfo {
    Device device;
    std::string name;              ///< "AMD EPYC ...", "NVIDIA H200"
    std::int64_t memory_bytes = 0; ///< physical memory of the device
    std::string capability;        ///< "avx512_bf16" or "9.0"
};

/// The CPU first, then every usable GPU. Never throws: a missing or failing driver means no GPU.
std::vector<DeviceInfo> list_devices();

/// "cpu" or "cuda:0".
std::string to_string(Device device);

/// Whether the CPU has instructions for BF16 (AVX512-BF16). Without them BF16 is right, and not faster than F32.
bool has_bfloat16_products();

} // namespace triptych
