// A library with the functions of NVML that we call. It has a GPU for each letter of the environment variable
// FAKE_NVML_KINDS: e counts energy, p tells power alone, n tells nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace {

unsigned long long g_energy = 1000; // mJ
unsigned g_power = 100'000;         // mW
int g_answer = 0;                   // of the next calls
int g_open = 0;

char kind_of(void* gpu)
{
    const char* kinds = std::getenv("FAKE_NVML_KINDS");
    const auto index = reinterpret_cast<std::uintptr_t>(gpu) - 1;
    return kinds && index < std::strlen(kinds) ? kinds[index] : 'n';
}

} // namespace

extern "C" {
int nvmlInit_v2()
{
    ++g_open;
    return std::getenv("FAKE_NVML_NO_DRIVER") ? 9 : 0;
}
int nvmlShutdown()
{
    --g_open;
    return 0;
}
int nvmlDeviceGetCount_v2(unsigned* count)
{
    const char* kinds = std::getenv("FAKE_NVML_KINDS");
    *count = kinds ? static_cast<unsigned>(std::strlen(kinds)) : 0;
    return 0;
}
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** gpu)
{
    *gpu = reinterpret_cast<void*>(std::uintptr_t{index} + 1);
    return 0;
}
int nvmlDeviceGetTotalEnergyConsumption(void* gpu, unsigned long long* millijoules)
{
    if (kind_of(gpu) != 'e') return 3; // not supported
    *millijoules = g_energy;
    return g_answer;
}
int nvmlDeviceGetPowerUsage(void* gpu, unsigned* milliwatts)
{
    if (kind_of(gpu) == 'n') return 3;
    *milliwatts = g_power;
    return g_answer;
}
/// For tests alone.
void fake_nvml_set(unsigned long long millijoules, unsigned milliwatts, int answer)
{
    g_energy = millijoules;
    g_power = milliwatts;
    g_answer = answer;
}
int fake_nvml_open()
{
    return g_open;
}
}
