// Which bytes of which file are for training and which for validation, laid end to end as one tape of tokens each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/file_pool.h"
#include "core/util/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

/// A stretch of one file. Where it begins or ends with its document, <bos> or <eos> stands there.
struct Segment {
    std::size_t file = 0;
    std::uint64_t begin = 0; ///< bytes
    std::uint64_t end = 0;
    bool starts_document = false;
    bool ends_document = false;
    std::uint64_t tokens() const { return end - begin + (starts_document ? 1u : 0u) + (ends_document ? 1u : 0u); }
};

/// Segments end to end.
struct Tape {
    std::vector<Segment> segments;
    std::vector<std::uint64_t> starts; ///< token number at which each segment begins
    std::uint64_t tokens = 0;

    void append(const Segment& segment);
    /// The segment that holds token number `position`, which must be below `tokens`.
    std::size_t find(std::uint64_t position) const;
};

struct FileSplit {
    Tape training;
    Tape validation;
    std::string rule; ///< one sentence for people: how it was divided
};

/// Divides the files; `row_tokens` is the least each side needs (with fraction 0 the validation side stays empty).
/// The error says how many bytes are needed.
Result<FileSplit> split_files(const FilePool& pool, double fraction, std::uint64_t row_tokens, const std::string& spec);

} // namespace triptych
