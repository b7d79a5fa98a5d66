// Frames as the bytes that a history keeps, and back (docs/run_format.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/run/history_format.h"
#include "core/session/frame.h"
#include "core/util/result.h"

#include <string>
#include <string_view>

namespace triptych {

// Packing. Frames that do not fit to themselves (rows that are missing) give an empty text, which is not to be written.

/// Ratios, bias, balance and control.
std::string pack_loads(const LoadFrame& frame);
/// Shares of domains, pairs and groups; empty where none of them was measured.
std::string pack_detail(const LoadFrame& frame);
std::string pack_probe(const ProbeFrame& frame);
std::string pack_acceptance(const AcceptanceFrame& frame);
std::string pack_kernels(const KernelFrame& frame);
/// Tokens of experts; empty where none was counted.
std::string pack_words(const LoadFrame& frame);

// Unpacking. Errors: not the length, or numbers, that such a frame can have. Nothing larger than a multiple of the
// bytes is taken from memory.

/// Without counts, domains and what is in the detail: empty.
Result<LoadFrame> unpack_loads(std::string_view bytes, std::int64_t step, const HistorySizes& sizes);
/// Into a frame of the same layers and experts, which stays as it was on an error.
Status unpack_detail(std::string_view bytes, LoadFrame& frame);
Result<ProbeFrame> unpack_probe(std::string_view bytes, std::int64_t step, const HistorySizes& sizes,
                                const Tokenizer& tokenizer);
/// The domains are as many as there were, without their labels.
Result<AcceptanceFrame> unpack_acceptance(std::string_view bytes, std::int64_t step, const HistorySizes& sizes);
Result<KernelFrame> unpack_kernels(std::string_view bytes, std::int64_t step);
/// As unpack_detail(), of the step that they were kept at.
Status unpack_words(std::string_view bytes, std::int64_t step, const Tokenizer& tokenizer, LoadFrame& frame);

/// The error of all of them.
Error damaged_frame(std::int64_t step);

} // namespace triptych
