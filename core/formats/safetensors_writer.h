// Writes safetensors files, whole or not at all, tensor by tensor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/safetensors_header.h"
#include "core/util/atomic_file.h"

#include <filesystem>
#include <span>

namespace triptych {

/// A tensor in memory on its way to a file.
struct TensorToWrite {
    std::string name;
    std::vector<std::int64_t> shape;
    const void* data = nullptr; ///< row-major, in host memory, until the write is done
    DType dtype = DType::F32;   ///< of data
    DType stored = DType::F32;  ///< in the file; can_convert(dtype, stored) must hold
};

/// What a streamed file will hold, before the data are there.
struct TensorPlan {
    std::string name;
    std::vector<std::int64_t> shape;
    DType stored = DType::F32;
};

using SafetensorsMetadata = std::map<std::string, std::string>;

/// Streams a file of known shapes: append() each tensor in the order of the plan, then commit(). Without it nothing is
/// left.
class SafetensorsWriter {
public:
    /// Errors: the folder is missing or cannot be written, a name twice. Throws std::invalid_argument for a shape that
    /// is none.
    static Result<SafetensorsWriter> create(const std::filesystem::path& path, std::span<const TensorPlan> plan,
                                            const SafetensorsMetadata& metadata = {});

    /// The whole of the next tensor, as elements of dtype. Throws std::logic_error when there is no next one or dtype
    /// cannot become what was planned.
    Status append(const void* data, DType dtype);
    /// Throws std::logic_error while tensors are missing.
    Status commit();

private:
    SafetensorsWriter(AtomicFile file, std::span<const TensorPlan> plan)
        : m_file(std::move(file)), m_plan(plan.begin(), plan.end())
    {}

    AtomicFile m_file;
    std::vector<TensorPlan> m_plan;
    std::size_t m_next = 0;
};

/// Writes all tensors into one file, larger elements first so that each lies aligned to its size.
Status write_safetensors(const std::filesystem::path& path, std::span<const TensorToWrite> tensors,
                         const SafetensorsMetadata& metadata = {});

} // namespace triptych
