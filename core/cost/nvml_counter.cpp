// NVML by dlopen: five functions of its C interface, declared here as its documentation has them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/nvml_counter.h"

#include <dlfcn.h>

#include <utility>

namespace triptych {

namespace {

constexpr int kSuccess = 0; // NVML_SUCCESS

const char* const kByHand = "Set the power by hand, as a meter shows it: --set watts=...";

} // namespace

/// The loaded library and what is called in it. NVML is shut down with it.
struct NvmlCounter::Library {
    using Handle = void*; // nvmlDevice_t
    void* module = nullptr;
    int (*init)() = nullptr;
    int (*shutdown)() = nullptr;
    int (*count)(unsigned*) = nullptr;
    int (*by_index)(unsigned, Handle*) = nullptr;
    int (*energy)(Handle, unsigned long long*) = nullptr; ///< millijoules since the driver was loaded; may be missing
    int (*power)(Handle, unsigned*) = nullptr;            ///< milliwatts
    bool begun = false;

    ~Library()
    {
        if (begun) shutdown();
        if (module) dlclose(module);
    }

    template <class Function>
    bool find(Function& function, const char* name)
    {
        function = reinterpret_cast<Function>(dlsym(module, name));
        return function != nullptr;
    }
    bool find_all()
    {
        find(energy, "nvmlDeviceGetTotalEnergyConsumption");
        find(power, "nvmlDeviceGetPowerUsage");
        return find(init, "nvmlInit_v2") && find(shutdown, "nvmlShutdown") && find(count, "nvmlDeviceGetCount_v2") &&
               find(by_index, "nvmlDeviceGetHandleByIndex_v2") && (energy || power);
    }
};

NvmlCounter::NvmlCounter(std::unique_ptr<Library> library) : m_library(std::move(library)) {}
NvmlCounter::NvmlCounter(NvmlCounter&&) noexcept = default;
NvmlCounter& NvmlCounter::operator=(NvmlCounter&&) noexcept = default;
NvmlCounter::~NvmlCounter() = default;

Result<NvmlCounter> NvmlCounter::open(const std::string& name)
{
    auto library = std::make_unique<Library>();
    library->module = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library->module) return Error{"there is no NVIDIA driver that tells energy (" + name + ")", kByHand};
    if (!library->find_all())
        return Error{name + " is not the NVML that was expected: functions are missing in it", kByHand};
    if (library->init() != kSuccess) return Error{name + " finds no NVIDIA driver that runs", kByHand};
    library->begun = true;
    unsigned count = 0;
    if (library->count(&count) != kSuccess) count = 0;
    NvmlCounter counter(std::move(library));
    const Library& nvml = *counter.m_library;
    for (unsigned index = 0; index < count; ++index) {
        Gpu gpu;
        if (nvml.by_index(index, &gpu.handle) != kSuccess) continue;
        unsigned long long millijoules = 0;
        unsigned milliwatts = 0;
        gpu.counts = nvml.energy && nvml.energy(gpu.handle, &millijoules) == kSuccess;
        gpu.known = gpu.counts || (nvml.power && nvml.power(gpu.handle, &milliwatts) == kSuccess);
        if (!gpu.known) continue;
        gpu.last_millijoules = millijoules;
        gpu.last_watts = milliwatts / 1000.0;
        counter.m_gpus.push_back(gpu);
    }
    if (counter.m_gpus.empty()) return Error{"no GPU of this machine tells its energy or power", kByHand};
    return counter;
}

double NvmlCounter::take_joules(double seconds)
{
    double joules = 0;
    for (Gpu& gpu : m_gpus) {
        unsigned long long millijoules = 0;
        unsigned milliwatts = 0;
        const bool known = gpu.counts ? m_library->energy(gpu.handle, &millijoules) == kSuccess
                                      : m_library->power(gpu.handle, &milliwatts) == kSuccess;
        const double watts = milliwatts / 1000.0;
        if (known && gpu.known && gpu.counts && millijoules >= gpu.last_millijoules)
            joules += static_cast<double>(millijoules - gpu.last_millijoules) / 1000.0;
        if (known && gpu.known && !gpu.counts && seconds > 0) joules += (gpu.last_watts + watts) / 2 * seconds;
        gpu.known = known;
        if (!known) continue;
        gpu.last_millijoules = millijoules;
        gpu.last_watts = watts;
    }
    return joules;
}

std::string NvmlCounter::source() const
{
    std::size_t by_power = 0;
    for (const Gpu& gpu : m_gpus) by_power += gpu.counts ? 0 : 1;
    std::string text = std::to_string(m_gpus.size()) + (m_gpus.size() == 1 ? " GPU" : " GPUs");
    if (by_power > 0) text += ", " + std::to_string(by_power) + " of them by power";
    return text;
}

} // namespace triptych
