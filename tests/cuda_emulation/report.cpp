// Keeps findings, and turns addresses into source lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/report.h"

#include "tests/cuda_emulation/emulation.h"
#include "tests/cuda_emulation/runtime.h"
#include "tests/cuda_emulation/shadow.h"

#include <link.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace cuda_emulation {
namespace {

std::vector<std::string>& kept_reports()
{
    static std::vector<std::string> kept;
    return kept;
}

/// How far the program lies from where its file says.
std::uintptr_t load_bias()
{
    std::uintptr_t bias = 0;
    const auto first = [](dl_phdr_info* info, std::size_t, void* result) {
        *static_cast<std::uintptr_t*>(result) = info->dlpi_addr;
        return 1; // the first is the program itself
    };
    dl_iterate_phdr(first, &bias);
    return bias;
}

/// What addr2line prints: function and file:line by turns, the innermost of inlined functions first.
std::vector<std::string> look_up(std::uintptr_t address)
{
    std::array<char, 160> command{};
    std::snprintf(command.data(), command.size(), "addr2line -f -C -i -e /proc/%d/exe 0x%zx 2>/dev/null",
                  static_cast<int>(getpid()), static_cast<std::size_t>(address - load_bias()));
    std::vector<std::string> lines;
    if (FILE* pipe = popen(command.data(), "r")) {
        std::array<char, 4096> line{};
        while (std::fgets(line.data(), line.size(), pipe))
            lines.emplace_back(line.data(), std::strcspn(line.data(), "\n"));
        pclose(pipe);
    }
    return lines;
}

std::string without_folder(const std::string& path)
{
    return path.substr(path.rfind('/') + 1);
}

} // namespace

std::string to_string(Place place)
{
    return without_folder(place.file_name()) + ":" + std::to_string(place.line());
}

void report(const std::string& finding)
{
    kept_reports().push_back(finding);
}

std::string place_of(const void* return_address)
{
    const auto lines = look_up(reinterpret_cast<std::uintptr_t>(return_address) - 1);
    std::string place;
    for (std::size_t i = 1; i < lines.size(); i += 2) {
        if (lines[i].find("/cuda_emulation/device_") != std::string::npos) continue; // not the kernel's own
        place += (place.empty() ? "" : " from ") + without_folder(lines[i].substr(0, lines[i].find(' ')));
    }
    return place.empty() ? "?" : place;
}

std::string name_of_function(const void* function)
{
    const auto lines = look_up(reinterpret_cast<std::uintptr_t>(function));
    if (lines.size() < 2) return "?";
    std::string name = lines[lines.size() - 2];
    const std::string nameless = "(anonymous namespace)::";
    for (std::size_t at = 0; (at = name.find(nameless)) != std::string::npos;) name.erase(at, nameless.size());
    name = name.substr(0, name.find('(')); // without the parameters
    // Of the plain name, before template arguments, what follows the type of the result and the namespaces.
    const std::size_t begin = name.find_last_of(" :", name.find('<'));
    return begin == std::string::npos ? name : name.substr(begin + 1);
}

std::vector<std::string> take_reports()
{
    forget_error();
    shadow::report_again();
    return std::exchange(kept_reports(), {});
}

Options& options()
{
    static Options value = [] {
        Options read;
        if (const char* text = std::getenv("CUDA_EMULATION_SCHEDULE")) {
            const std::string name = text;
            if (name == "reverse")
                read.schedule = Schedule::Reverse;
            else if (name == "random")
                read.schedule = Schedule::Random;
            else if (name != "forward")
                throw std::invalid_argument("CUDA_EMULATION_SCHEDULE is " + name +
                                            ", expected forward, reverse or random");
        }
        if (const char* text = std::getenv("CUDA_EMULATION_SEED")) read.seed = std::strtoull(text, nullptr, 10);
        return read;
    }();
    return value;
}

} // namespace cuda_emulation
