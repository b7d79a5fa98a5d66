// What `triptych inspect` says of a model and of a run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console.h"
#include "core/config/model_config.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace triptych {

struct TensorDescription {
    std::string name;
    std::string dtype; ///< as in a safetensors file
    std::vector<std::int64_t> shape;
};

struct ModelDescription {
    std::string title;
    ModelConfig config;
    std::vector<TensorDescription> tensors;
};

/// A checkpoint folder with the tensors it holds, or a preset or config.json with those that `triptych init` would
/// write.
Result<ModelDescription> describe_model(const std::string& path);
ExitCode show_model(const ModelDescription& model, Format format);

/// A run folder, also while it is being trained.
ExitCode show_run(const std::filesystem::path& folder, Format format);

/// "671.03B", "1.03M", "264": a parameter count.
std::string parameters_text(std::int64_t count);

} // namespace triptych
