// Parses and checks a safetensors header as the format's reference does, with an own sentence for each way it can lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors_header.h"

#include "core/util/json_text.h"
#include "core/util/quote.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>

namespace triptych {

namespace {

using Json = nlohmann::json;

struct FormatType {
    const char* name;
    unsigned bits;
};

constexpr std::array kTypes = {
    FormatType{"BOOL", 8},    FormatType{"F4", 4},   FormatType{"F6_E2M3", 6}, FormatType{"F6_E3M2", 6},
    FormatType{"U8", 8},      FormatType{"I8", 8},   FormatType{"F8_E5M2", 8}, FormatType{"F8_E4M3", 8},
    FormatType{"F8_E8M0", 8}, FormatType{"I16", 16}, FormatType{"U16", 16},    FormatType{"F16", 16},
    FormatType{"BF16", 16},   FormatType{"I32", 32}, FormatType{"U32", 32},    FormatType{"F32", 32},
    FormatType{"C64", 64},    FormatType{"F64", 64}, FormatType{"I64", 64},    FormatType{"U64", 64},
};

const char* const kDamaged = "The file is damaged or was not written to its end: fetch or save it again.";

Error tensor_error(const std::string& tensor, const std::string& what)
{
    return Error{fmt::format("tensor {} {}", in_quotes(tensor), what), kDamaged};
}

std::optional<std::uint64_t> as_unsigned(const Json& value)
{
    if (!value.is_number_unsigned()) return std::nullopt;
    return value.get<std::uint64_t>();
}

Result<std::vector<std::int64_t>> parse_shape(const std::string& tensor, const Json& entry)
{
    const auto found = entry.find("shape");
    if (found == entry.end() || !found->is_array()) return tensor_error(tensor, "has no list named shape");
    std::vector<std::int64_t> shape;
    for (const Json& dimension : *found) {
        const std::optional<std::uint64_t> size = as_unsigned(dimension);
        if (!size || *size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return tensor_error(tensor, "has a dimension that is no size");
        shape.push_back(static_cast<std::int64_t>(*size));
    }
    return shape;
}

/// begin and end of the tensor's bytes.
Result<std::pair<std::uint64_t, std::uint64_t>> parse_offsets(const std::string& tensor, const Json& entry,
                                                              std::uint64_t data_bytes)
{
    const auto found = entry.find("data_offsets");
    if (found == entry.end() || !found->is_array() || found->size() != 2)
        return tensor_error(tensor, "has no pair named data_offsets");
    const std::optional<std::uint64_t> begin = as_unsigned((*found)[0]);
    const std::optional<std::uint64_t> end = as_unsigned((*found)[1]);
    if (!begin || !end || *begin > *end) return tensor_error(tensor, "has data_offsets that are no range");
    if (*end > data_bytes)
        return tensor_error(tensor,
                            fmt::format("ends at byte {} of the data, but the file has only {}", *end, data_bytes));
    return std::pair{*begin, *end};
}

Result<TensorEntry> parse_entry(const std::string& tensor, const Json& entry, std::uint64_t data_bytes)
{
    if (!entry.is_object()) return tensor_error(tensor, "is not described by an object");
    const auto dtype = entry.find("dtype");
    if (dtype == entry.end() || !dtype->is_string()) return tensor_error(tensor, "has no dtype");
    const auto type = std::find_if(kTypes.begin(), kTypes.end(), [&](const FormatType& t) { return *dtype == t.name; });
    if (type == kTypes.end())
        return tensor_error(
            tensor, fmt::format("has dtype {}, which the format does not know", in_quotes(dtype->get<std::string>())));
    Result<std::vector<std::int64_t>> shape = parse_shape(tensor, entry);
    if (!shape) return shape.error();
    const auto offsets = parse_offsets(tensor, entry, data_bytes);
    if (!offsets) return offsets.error();
    const std::optional<std::int64_t> count = element_count(*shape);
    constexpr std::int64_t kMaxBits = std::numeric_limits<std::int64_t>::max();
    if (!count || *count > kMaxBits / static_cast<std::int64_t>(type->bits))
        return tensor_error(tensor, fmt::format("has the shape {}, larger than any file", shape_text(*shape)));
    const std::uint64_t bits = static_cast<std::uint64_t>(*count) * type->bits;
    const std::uint64_t bytes = offsets->second - offsets->first;
    if (bits % 8 != 0 || bits / 8 != bytes)
        return tensor_error(tensor, fmt::format("is {} {}, which is {} bytes, but data_offsets span {}", type->name,
                                                shape_text(*shape), (bits + 7) / 8, bytes));
    return TensorEntry{tensor, type->name, shape.take(), offsets->first, bytes};
}

Result<std::map<std::string, std::string>> parse_metadata(const Json& value)
{
    const Error error{"__metadata__ is not an object of texts", kDamaged};
    if (!value.is_object()) return error;
    std::map<std::string, std::string> metadata;
    for (const auto& [key, text] : value.items()) {
        if (!text.is_string()) return error;
        metadata[key] = text.get<std::string>();
    }
    return metadata;
}

/// Sorts by place and refuses holes and overlaps.
Status check_coverage(std::vector<TensorEntry>& tensors, std::uint64_t data_bytes)
{
    std::sort(tensors.begin(), tensors.end(), [](const TensorEntry& a, const TensorEntry& b) {
        return std::tie(a.begin, a.bytes, a.name) < std::tie(b.begin, b.bytes, b.name);
    });
    std::uint64_t covered = 0;
    for (const TensorEntry& tensor : tensors) {
        if (tensor.begin < covered) return tensor_error(tensor.name, "overlaps with the one before it");
        if (tensor.begin > covered)
            return tensor_error(tensor.name, fmt::format("begins at byte {}, which leaves a hole after byte {}",
                                                         tensor.begin, covered));
        covered += tensor.bytes;
    }
    if (covered != data_bytes)
        return Error{fmt::format("the tensors take {} bytes, but {} follow the header", covered, data_bytes), kDamaged};
    return {};
}

Result<SafetensorsHeader> header_from(const Json& root, std::uint64_t data_bytes)
{
    SafetensorsHeader header;
    for (const auto& [key, value] : root.items()) {
        if (key == "__metadata__") {
            auto metadata = parse_metadata(value);
            if (!metadata) return metadata.error();
            header.metadata = metadata.take();
            continue;
        }
        Result<TensorEntry> entry = parse_entry(key, value, data_bytes);
        if (!entry) return entry.error();
        header.tensors.push_back(entry.take());
    }
    if (Status status = check_coverage(header.tensors, data_bytes); !status) return status.error();
    return header;
}

} // namespace

std::int64_t TensorEntry::count() const
{
    return element_count(shape).value_or(0);
}

std::optional<DType> TensorEntry::known_dtype() const
{
    for (DType known : {DType::F32, DType::F64, DType::BF16, DType::F16, DType::F8E4M3, DType::F8E5M2, DType::I32,
                        DType::I64, DType::U8})
        if (dtype == name_of(known)) return known;
    return std::nullopt;
}

std::string shape_text(const std::vector<std::int64_t>& shape)
{
    const bool many = shape.size() > 8; // a hostile file may have thousands
    return fmt::format("[{}{}]", fmt::join(shape.begin(), many ? shape.begin() + 8 : shape.end(), ", "),
                       many ? ", ..." : "");
}

std::optional<std::int64_t> element_count(const std::vector<std::int64_t>& shape)
{
    std::int64_t count = 1;
    for (std::int64_t size : shape)
        if (size < 0 || __builtin_mul_overflow(count, size, &count)) return std::nullopt;
    return count;
}

Result<SafetensorsHeader> parse_safetensors_header(std::string_view text, std::uint64_t data_bytes,
                                                   const std::string& name)
{
    if (text.empty() || text.front() != '{')
        return Error{fmt::format("{}: the header does not begin with {{, so this is no safetensors file", name),
                     "Choose a .safetensors file."};
    if (Status status = check_json_object(text, name + ": header"); !status)
        return Error{status.error().what, kDamaged};
    Result<SafetensorsHeader> header = header_from(Json::parse(text.begin(), text.end()), data_bytes);
    if (!header) return Error{fmt::format("{}: {}", name, header.error().what), header.error().hint};
    return header;
}

std::string compose_safetensors_header(const SafetensorsHeader& header)
{
    nlohmann::ordered_json root = nlohmann::ordered_json::object();
    if (!header.metadata.empty()) root["__metadata__"] = header.metadata;
    for (const TensorEntry& tensor : header.tensors)
        root[tensor.name] = {{"dtype", tensor.dtype},
                             {"shape", tensor.shape},
                             {"data_offsets", {tensor.begin, tensor.begin + tensor.bytes}}};
    std::string text = root.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

} // namespace triptych
