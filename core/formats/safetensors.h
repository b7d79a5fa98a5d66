// Reads safetensors files, trusting nothing they say.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/safetensors_header.h"
#include "core/util/input_file.h"

#include <filesystem>
#include <memory>
#include <span>
#include <unordered_map>

namespace triptych {

/// An open file. The whole header has been checked; data are read on demand and not by mapping, so that a file that
/// shrinks or a failing disk is an error and no signal. Reading is safe from several threads.
class SafetensorsFile {
public:
    /// Errors: missing or no regular file, too short, a header longer than the file or the format allows, any lie in
    /// it.
    static Result<SafetensorsFile> open(const std::filesystem::path& path);
    SafetensorsFile(SafetensorsFile&&) = default;
    SafetensorsFile& operator=(SafetensorsFile&&) = default;

    const std::string& path() const { return m_path; }
    const std::vector<TensorEntry>& tensors() const { return m_header.tensors; } ///< in the order of the data
    const std::map<std::string, std::string>& metadata() const { return m_header.metadata; }
    /// Null when there is none of this name.
    const TensorEntry* find(std::string_view name) const;

    /// The bytes of an entry of this file as they lie in it; target has room for entry.bytes.
    Status read_bytes(const TensorEntry& entry, void* target) const;

    /// Reads a tensor of exactly this shape and converts floats to dtype (see can_convert). target has room for
    /// shape times size_of(dtype) bytes. Errors: no such tensor, another shape, a type that cannot be converted, a
    /// short file.
    Status read_into(std::string_view name, std::span<const std::int64_t> shape, void* target, DType dtype) const;

private:
    SafetensorsFile() = default;

    std::string m_path;
    std::shared_ptr<const InputFile> m_file;
    std::uint64_t m_data_start = 0;
    SafetensorsHeader m_header;
    std::unordered_map<std::string_view, std::size_t> m_index; ///< keys live in m_header, whose buffer moves with it
};

/// The two reasons a tensor does not fit, as every reader of checkpoints words them.
Error missing_tensor(const std::string& file, std::string_view name);
Error wrong_shape(const std::string& file, std::string_view name, const std::vector<std::int64_t>& found,
                  std::span<const std::int64_t> expected);

} // namespace triptych
