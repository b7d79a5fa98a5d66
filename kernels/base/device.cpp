// The list of devices: this machine's CPU from the system, GPUs from the CUDA backend.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/device.h"

#include "kernels/base/cuda_backend.h"

#include <unistd.h>

#include <fstream>

namespace triptych {
namespace {

std::string cpu_name()
{
    std::ifstream file("/proc/cpuinfo");
    std::string line;
    while (std::getline(file, line)) {
        if (line.rfind("model name", 0) != 0) continue;
        const auto start = line.find_first_not_of(" \t", line.find(':') + 1);
        if (start != std::string::npos) return line.substr(start);
    }
    return "CPU";
}

std::string cpu_capability()
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bf16")) return "avx512_bf16";
    if (__builtin_cpu_supports("avx512f")) return "avx512";
    if (__builtin_cpu_supports("avx2")) return "avx2";
    return "sse2";
#else
    return "generic";
#endif
}

DeviceInfo cpu_info()
{
    DeviceInfo info;
    info.device = Device{DeviceKind::Cpu, 0};
    info.name = cpu_name();
    info.memory_bytes = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    info.capability = cpu_capability();
    return info;
}

} // namespace

std::vector<DeviceInfo> list_devices()
{
    std::vector<DeviceInfo> devices = {cpu_info()};
#if TRIPTYCH_WITH_CUDA
    for (auto& info : cuda_backend::list_devices()) devices.push_back(std::move(info));
#endif
    return devices;
}

std::string to_string(Device device)
{
    return device.kind == DeviceKind::Cpu ? "cpu" : "cuda:" + std::to_string(device.index);
}

} // namespace triptych
