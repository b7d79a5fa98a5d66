// Lays out the header first, then streams the data behind it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors_writer.h"

#include "core/formats/number_formats.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace triptych {

namespace {

constexpr std::int64_t kChunkElements = 1 << 16;

Result<SafetensorsHeader> lay_out(std::span<const TensorPlan> plan, const SafetensorsMetadata& metadata)
{
    SafetensorsHeader header;
    header.metadata = metadata;
    std::set<std::string_view> names = {"__metadata__"};
    std::uint64_t begin = 0;
    for (const TensorPlan& tensor : plan) {
        if (!names.insert(tensor.name).second)
            return Error{fmt::format("two tensors are named {}", in_quotes(tensor.name)),
                         "Give each tensor a name of its own."};
        const std::optional<std::int64_t> count = element_count(tensor.shape);
        if (!count) throw std::invalid_argument("safetensors: " + tensor.name + " has no valid shape");
        const std::uint64_t bytes = static_cast<std::uint64_t>(*count) * size_of(tensor.stored);
        header.tensors.push_back({tensor.name, std::string(name_of(tensor.stored)), tensor.shape, begin, bytes});
        begin += bytes;
    }
    return header;
}

} // namespace

Result<SafetensorsWriter> SafetensorsWriter::create(const std::filesystem::path& path, std::span<const TensorPlan> plan,
                                                    const SafetensorsMetadata& metadata)
{
    Result<SafetensorsHeader> header = lay_out(plan, metadata);
    if (!header)
        return Error{fmt::format("cannot write {}: {}", path.string(), header.error().what), header.error().hint};
    Result<AtomicFile> file = AtomicFile::create(path);
    if (!file) return file.error();
    SafetensorsWriter writer(file.take(), plan);
    const std::string text = compose_safetensors_header(*header);
    const std::uint64_t length = text.size();
    if (Status status = writer.m_file.write(&length, sizeof length); !status) return status.error();
    if (Status status = writer.m_file.write(text.data(), text.size()); !status) return status.error();
    return writer;
}

Status SafetensorsWriter::append(const void* data, DType dtype)
{
    if (m_next == m_plan.size()) throw std::logic_error("safetensors: more tensors than planned");
    const TensorPlan& tensor = m_plan[m_next++];
    if (!can_convert(dtype, tensor.stored))
        throw std::logic_error("safetensors: " + tensor.name + " cannot be converted");
    const std::int64_t count = element_count(tensor.shape).value();
    if (dtype == tensor.stored) return m_file.write(data, static_cast<std::size_t>(count) * size_of(dtype));
    std::vector<char> chunk(static_cast<std::size_t>(std::min(count, kChunkElements)) * size_of(tensor.stored));
    for (std::int64_t done = 0; done < count; done += kChunkElements) {
        const std::int64_t now = std::min(kChunkElements, count - done);
        convert(static_cast<const char*>(data) + static_cast<std::size_t>(done) * size_of(dtype), dtype, chunk.data(),
                tensor.stored, now);
        const std::size_t bytes = static_cast<std::size_t>(now) * size_of(tensor.stored);
        if (Status status = m_file.write(chunk.data(), bytes); !status) return status;
    }
    return {};
}

Status SafetensorsWriter::commit()
{
    if (m_next != m_plan.size()) throw std::logic_error("safetensors: fewer tensors than planned");
    return m_file.commit();
}

Status write_safetensors(const std::filesystem::path& path, std::span<const TensorToWrite> tensors,
                         const SafetensorsMetadata& metadata)
{
    std::vector<const TensorToWrite*> order;
    for (const TensorToWrite& tensor : tensors) order.push_back(&tensor);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto* a, const auto* b) { return size_of(a->stored) > size_of(b->stored); });
    std::vector<TensorPlan> plan;
    for (const TensorToWrite* tensor : order) plan.push_back({tensor->name, tensor->shape, tensor->stored});
    Result<SafetensorsWriter> writer = SafetensorsWriter::create(path, plan, metadata);
    if (!writer) return writer.error();
    for (const TensorToWrite* tensor : order)
        if (Status status = writer->append(tensor->data, tensor->dtype); !status) return status;
    return writer->commit();
}

} // namespace triptych
