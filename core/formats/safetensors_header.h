// The header of a safetensors file: names, element types, shapes and places of tensors, as JSON before the data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"
#include "kernels/base/dtype.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// One tensor of a file.
struct TensorEntry {
    std::string name;
    std::string dtype; ///< as the file spells it; the format knows types that we do not compute with
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0; ///< bytes from the start of the data
    std::uint64_t bytes = 0;

    std::int64_t count() const;
    /// Our element type, or nothing for the others (BOOL, I8, ...).
    std::optional<DType> known_dtype() const;
};

struct SafetensorsHeader {
    std::vector<TensorEntry> tensors; ///< in the order of the data
    std::map<std::string, std::string> metadata;
};

/// The largest header the format allows, in bytes.
inline constexpr std::uint64_t kMaxSafetensorsHeader = 100'000'000;

/// Reads the JSON text of a header. Refuses whatever the format forbids: data_bytes not covered exactly, without holes
/// and overlaps, by the tensors; sizes that are not those of shape and type; unknown types; a name twice. Errors begin
/// with name.
Result<SafetensorsHeader> parse_safetensors_header(std::string_view text, std::uint64_t data_bytes,
                                                   const std::string& name);

/// The text of a header, padded with spaces so that with the 8 bytes of its length it ends at a multiple of 8.
std::string compose_safetensors_header(const SafetensorsHeader& header);

/// "[4, 37]", for messages.
std::string shape_text(const std::vector<std::int64_t>& shape);

/// Product of the dimensions, or nothing when one is negative or the product does not fit.
std::optional<std::int64_t> element_count(const std::vector<std::int64_t>& shape);

} // namespace triptych
