// GPUs by name: each is a file of figures with unit, source and date in the resource folder gpu_presets.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// One number with where it comes from.
struct GpuFigure {
    double value = 0;
    std::string unit;
    std::string source;
    std::string date; ///< year or year-month the number holds for
};

/// A GPU in its cluster, in base units (FLOP/s, bytes, bytes/s).
struct Gpu {
    std::string name;           ///< "h800"
    std::string title;          ///< "NVIDIA H800 SXM, 8 to a node, ..."
    double bf16_flops = 0;      ///< peak of dense products
    double fp8_flops = 0;       ///< likewise
    double multiprocessors = 0; ///< SMs
    double memory_bytes = 0;
    double memory_bandwidth = 0;  ///< bytes/s
    double nvlink_bandwidth = 0;  ///< bytes/s one way, to all GPUs of the NVLink domain together
    double network_bandwidth = 0; ///< bytes/s one way, of the GPU's share of the node's network cards
    std::int64_t domain = 0;      ///< GPUs that NVLink joins
    double usd_per_hour = 0;      ///< rental price of one GPU
    /// Key in the file and figure, in the order they are listed above.
    std::vector<std::pair<std::string, GpuFigure>> figures;
};

/// Names of all presets, sorted.
std::vector<std::string> list_gpu_presets();

/// Errors: no such preset (the hint lists those near the name), a broken file.
Result<Gpu> load_gpu(const std::string& name);

/// The same from the text of a file. Errors name the key.
Result<Gpu> parse_gpu(const std::string& name, std::string_view json);

} // namespace triptych
