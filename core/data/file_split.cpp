// Which bytes of which file are for training and which for validation, laid end to end as one tape of tokens each.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_split.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace triptych {

namespace {

constexpr std::size_t kDocumentsForHashing = 32;

std::uint64_t total_length(const std::vector<TextFile>& files)
{
    std::uint64_t total = 0;
    for (const auto& file : files) total += file.length();
    return total;
}

Segment whole(const std::vector<TextFile>& files, std::size_t index)
{
    return {index, files[index].begin, files[index].size, true, true};
}

bool large_enough(const FileSplit& split, std::uint64_t row_tokens)
{
    return split.training.tokens >= row_tokens && split.validation.tokens >= row_tokens;
}

/// Whole documents, by their hash. Nothing when there are too few for the fraction to be met roughly.
std::optional<FileSplit> by_document(const std::vector<TextFile>& files, double fraction, std::uint64_t row_tokens)
{
    if (files.size() < kDocumentsForHashing) return std::nullopt;
    const auto total = total_length(files);
    for (const auto& file : files) {
        if (file.length() > total / 2) return std::nullopt;
    }
    FileSplit split;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const double place = static_cast<double>(files[i].hash >> 11) * 0x1p-53; // uniform in [0, 1)
        (place < fraction ? split.validation : split.training).append(whole(files, i));
    }
    split.rule = "validation: " + std::to_string(split.validation.segments.size()) + " of " +
                 std::to_string(files.size()) + " files, chosen by their content";
    if (!large_enough(split, row_tokens)) return std::nullopt;
    return split;
}

/// Where the tail of a file begins, not within a UTF-8 character.
Result<std::uint64_t> tail_begin(const FilePool& pool, std::size_t index, double fraction)
{
    const TextFile& file = pool.files()[index];
    const auto tail = static_cast<std::uint64_t>(std::ceil(static_cast<double>(file.length()) * fraction));
    std::uint64_t cut = file.size - std::min(tail, file.length());
    if (cut == file.size) return cut;
    std::array<std::uint8_t, 4> near{}; // the byte at the cut and up to three before it: no character is longer
    auto place = static_cast<std::size_t>(std::min<std::uint64_t>(near.size() - 1, cut - file.begin));
    const Status read = pool.read(index, cut - place, std::span(near).first(place + 1));
    if (!read) return read.error();
    for (; place > 0 && (near[place] & 0xC0) == 0x80; --place) --cut;
    return cut;
}

Result<FileSplit> by_tails(const FilePool& pool, double fraction)
{
    FileSplit split;
    const auto& files = pool.files();
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto begin = tail_begin(pool, i, fraction);
        if (!begin) return begin.error();
        const std::uint64_t cut = *begin;
        if (cut > files[i].begin) split.training.append({i, files[i].begin, cut, true, cut == files[i].size});
        if (cut < files[i].size) split.validation.append({i, cut, files[i].size, cut == files[i].begin, true});
    }
    split.rule = "validation: the last " + std::to_string(split.validation.tokens) + " tokens" +
                 (files.size() > 1 ? ", from the end of each file" : " of the file");
    return split;
}

/// The least a single file needs: its <bos> counts for training, its <eos> for validation.
Error too_small(const std::string& spec, std::uint64_t bytes, std::uint64_t row_tokens, bool validation)
{
    const auto needed = (validation ? 2 * row_tokens : row_tokens) - 2;
    const auto row = std::to_string(row_tokens);
    return {spec + " has " + std::to_string(bytes) + " bytes of text, at least " + std::to_string(needed) +
                " are needed for this sequence length (" + row + " tokens to train on" +
                (validation ? ", " + row + " to validate on)" : ")"),
            "Use more text, or shorter sequences (--set sequence_length=...)."};
}

} // namespace

void Tape::append(const Segment& segment)
{
    segments.push_back(segment);
    starts.push_back(tokens);
    tokens += segment.tokens();
}

std::size_t Tape::find(std::uint64_t position) const
{
    const auto after = std::upper_bound(starts.begin(), starts.end(), position);
    return static_cast<std::size_t>(after - starts.begin()) - 1;
}

Result<FileSplit> split_files(const FilePool& pool, double fraction, std::uint64_t row_tokens, const std::string& spec)
{
    const auto& files = pool.files();
    const auto total = total_length(files);
    if (fraction == 0) {
        FileSplit split;
        for (std::size_t i = 0; i < files.size(); ++i) split.training.append(whole(files, i));
        split.rule = "no validation split";
        if (split.training.tokens < row_tokens) return too_small(spec, total, row_tokens, false);
        return split;
    }
    if (auto split = by_document(files, fraction, row_tokens)) return *std::move(split);
    const double one_row = static_cast<double>(row_tokens) / static_cast<double>(total);
    auto split = by_tails(pool, std::clamp(one_row, fraction, std::max(fraction, 0.5)));
    if (!split) return split.error();
    if (!large_enough(*split, row_tokens)) return too_small(spec, total, row_tokens, true);
    return split;
}

} // namespace triptych
