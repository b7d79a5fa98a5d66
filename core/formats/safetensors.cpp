// Opens a safetensors file and reads tensors out of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"

#include "core/formats/number_formats.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>

namespace triptych {

namespace {

constexpr std::uint64_t kLengthBytes = 8;
constexpr std::int64_t kChunkElements = 1 << 16;

Error damaged(const std::string& path, const std::string& what)
{
    return Error{fmt::format("{}: {}", path, what),
                 "The file is damaged or was not written to its end: fetch or save it again."};
}

} // namespace

Error missing_tensor(const std::string& file, std::string_view name)
{
    return Error{fmt::format("{}: there is no tensor {}", file, in_quotes(name)),
                 "The weights belong to another configuration or are incomplete: use the config.json they came with."};
}

Error wrong_shape(const std::string& file, std::string_view name, const std::vector<std::int64_t>& found,
                  std::span<const std::int64_t> expected)
{
    return Error{fmt::format("{}: tensor {} has the shape {}, expected {}", file, in_quotes(name), shape_text(found),
                             shape_text({expected.begin(), expected.end()})),
                 "The weights belong to another configuration: use the config.json they came with."};
}

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& path)
{
    SafetensorsFile file;
    file.m_path = path.string();
    auto opened = InputFile::open(path);
    if (!opened) return opened.error();
    file.m_file = std::make_shared<const InputFile>(opened.take());
    const std::uint64_t size = file.m_file->size();
    if (size < kLengthBytes)
        return damaged(file.m_path, fmt::format("the file has {} bytes, too few for a safetensors file", size));
    std::uint64_t length = 0;
    if (Status status = file.m_file->read(0, &length, kLengthBytes); !status) return status.error();
    if (length > size - kLengthBytes)
        return damaged(file.m_path,
                       fmt::format("its header claims {} bytes, but only {} follow", length, size - kLengthBytes));
    if (length > kMaxSafetensorsHeader)
        return damaged(file.m_path, fmt::format("its header claims {} bytes, more than the {} that the format allows",
                                                length, kMaxSafetensorsHeader));
    std::string text(length, '\0');
    if (Status status = file.m_file->read(kLengthBytes, text.data(), length); !status) return status.error();
    file.m_data_start = kLengthBytes + length;
    Result<SafetensorsHeader> header = parse_safetensors_header(text, size - file.m_data_start, file.m_path);
    if (!header) return header.error();
    file.m_header = header.take();
    for (std::size_t i = 0; i < file.m_header.tensors.size(); ++i)
        file.m_index.emplace(file.m_header.tensors[i].name, i);
    return file;
}

const TensorEntry* SafetensorsFile::find(std::string_view name) const
{
    const auto found = m_index.find(name);
    return found == m_index.end() ? nullptr : &m_header.tensors[found->second];
}

Status SafetensorsFile::read_bytes(const TensorEntry& entry, void* target) const
{
    return m_file->read(m_data_start + entry.begin, target, entry.bytes);
}

Status SafetensorsFile::read_into(std::string_view name, std::span<const std::int64_t> shape, void* target,
                                  DType dtype) const
{
    const TensorEntry* entry = find(name);
    if (!entry) return missing_tensor(m_path, name);
    if (!std::equal(shape.begin(), shape.end(), entry->shape.begin(), entry->shape.end()))
        return wrong_shape(m_path, name, entry->shape, shape);
    const std::optional<DType> from = entry->known_dtype();
    if (!from || !can_convert(*from, dtype))
        return Error{fmt::format("{}: tensor {} has the type {}, which cannot be read as {}", m_path, in_quotes(name),
                                 entry->dtype, name_of(dtype)),
                     "Choose a checkpoint whose weights are F32, BF16, F16 or F8_E4M3."};
    if (*from == dtype) return read_bytes(*entry, target);
    std::vector<char> chunk(static_cast<std::size_t>(std::min(entry->count(), kChunkElements)) * size_of(*from));
    for (std::int64_t done = 0; done < entry->count(); done += kChunkElements) {
        const std::int64_t now = std::min(kChunkElements, entry->count() - done);
        const std::uint64_t offset = m_data_start + entry->begin + static_cast<std::uint64_t>(done) * size_of(*from);
        if (Status status = m_file->read(offset, chunk.data(), static_cast<std::uint64_t>(now) * size_of(*from));
            !status)
            return status;
        convert(chunk.data(), *from, static_cast<char*>(target) + static_cast<std::size_t>(done) * size_of(dtype),
                dtype, now);
    }
    return {};
}

} // namespace triptych
