// Event files that TensorBoard reads: records of the TFRecord form, each an Event of tensorflow/core/util/event.proto.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace triptych {

/// One number of a step.
struct EventScalar {
    std::string_view tag; ///< "loss/main": what stands before the first "/" is a group of the page
    double value = 0;     ///< written as f32, which is what TensorBoard draws
    /// What it is, in Markdown; to be given with the first value of a tag and left empty after it.
    std::string_view description;
};

/// The bytes of each part of a file, one record each. A file begins with event_file_head(). Times are Unix seconds,
/// UTC.
std::string event_file_head(double wall_time);
/// A text, in Markdown, at step 0.
std::string text_event(double wall_time, std::string_view tag, std::string_view markdown);
/// All numbers of one step in one record.
std::string scalar_event(double wall_time, std::int64_t step, std::span<const EventScalar> scalars);

/// u64 length, masked CRC-32C of these eight bytes, the bytes, and the same of them; little-endian.
std::string tf_record(std::string_view bytes);

} // namespace triptych
