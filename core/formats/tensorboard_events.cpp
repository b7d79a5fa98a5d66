// Events by hand: three messages of a format that has not changed since 2015 need no library.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tensorboard_events.h"

#include "core/formats/protobuf_message.h"
#include "core/util/crc32c.h"

namespace triptych {

namespace {

// Field numbers of tensorflow/core: util/event.proto, framework/summary.proto, framework/tensor.proto.
namespace event_field {
constexpr int kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5;
}
namespace value_field {
constexpr int kTag = 1, kSimpleValue = 2, kTensor = 8, kMetadata = 9;
}
namespace metadata_field {
constexpr int kPlugin = 1, kDescription = 3, kDataClass = 4, kPluginName = 1;
}
namespace tensor_field {
constexpr int kType = 1, kShape = 2, kStrings = 8, kDimension = 2, kSize = 1;
}
constexpr int kSummaryValue = 1;
constexpr int kTypeString = 7;

/// What the values of a tag are. Without it the quick reader of TensorBoard drops what else the metadata say.
enum class DataClass : std::uint8_t { Scalar = 1, Tensor };

void append_little_endian(std::string& to, std::uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i) to += static_cast<char>((value >> (8 * i)) & 0xFF);
}

/// A checksum of bytes that hold checksums themselves is weak: TFRecord turns it round and adds a number.
std::uint32_t masked(std::uint32_t crc)
{
    return ((crc >> 15) | (crc << 17)) + 0xA282EAD8U;
}

ProtobufMessage metadata(std::string_view plugin, std::string_view description, DataClass data)
{
    ProtobufMessage result;
    result.message(metadata_field::kPlugin, ProtobufMessage().text(metadata_field::kPluginName, plugin));
    if (!description.empty()) result.text(metadata_field::kDescription, description);
    return result.integer(metadata_field::kDataClass, static_cast<std::int64_t>(data));
}

std::string event(double wall_time, std::int64_t step, const ProtobufMessage& summary)
{
    ProtobufMessage event;
    event.real(event_field::kWallTime, wall_time);
    if (step != 0) event.integer(event_field::kStep, step); // as proto3 leaves out what is zero
    return tf_record(event.message(event_field::kSummary, summary).bytes());
}

} // namespace

std::string tf_record(std::string_view bytes)
{
    std::string record;
    record.reserve(bytes.size() + 16);
    append_little_endian(record, bytes.size(), 8);
    append_little_endian(record, masked(crc32c(record)), 4);
    record += bytes;
    append_little_endian(record, masked(crc32c(bytes)), 4);
    return record;
}

std::string event_file_head(double wall_time)
{
    return tf_record(ProtobufMessage()
                         .real(event_field::kWallTime, wall_time)
                         .text(event_field::kFileVersion, "brain.Event:2")
                         .bytes());
}

std::string text_event(double wall_time, std::string_view tag, std::string_view markdown)
{
    const ProtobufMessage one = ProtobufMessage().integer(tensor_field::kSize, 1);
    const ProtobufMessage tensor =
        ProtobufMessage()
            .integer(tensor_field::kType, kTypeString)
            .message(tensor_field::kShape, ProtobufMessage().message(tensor_field::kDimension, one))
            .text(tensor_field::kStrings, markdown);
    const ProtobufMessage value = ProtobufMessage()
                                      .text(value_field::kTag, tag)
                                      .message(value_field::kTensor, tensor)
                                      .message(value_field::kMetadata, metadata("text", {}, DataClass::Tensor));
    return event(wall_time, 0, ProtobufMessage().message(kSummaryValue, value));
}

std::string scalar_event(double wall_time, std::int64_t step, std::span<const EventScalar> scalars)
{
    ProtobufMessage summary;
    for (const EventScalar& scalar : scalars) {
        ProtobufMessage value;
        value.text(value_field::kTag, scalar.tag).single(value_field::kSimpleValue, static_cast<float>(scalar.value));
        if (!scalar.description.empty())
            value.message(value_field::kMetadata, metadata("scalars", scalar.description, DataClass::Scalar));
        summary.message(kSummaryValue, value);
    }
    return event(wall_time, step, summary);
}

} // namespace triptych
