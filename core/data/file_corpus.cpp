// Text files as a corpus: packed end to end, split into training and validation, read in shuffled epochs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_corpus.h"

#include "core/data/byte_tokenizer.h"
#include "core/data/file_split.h"
#include "core/data/permutation.h"
#include "core/util/hash64.h"
#include "core/util/utf8.h"

#include <algorithm>
#include <map>
#include <utility>

namespace triptych {

namespace {

constexpr std::uint64_t kOrderStream = 0x6F72646572; // dice for the order of the chunks, per epoch
constexpr std::uint64_t kShiftStream = 0x7368696674; // dice for where an epoch begins
constexpr std::size_t kMostDomains = 64;

/// What a spec is called where there is no better name: the file without its ending, or the folder.
std::string label_of(const std::string& path)
{
    auto normal = std::filesystem::path(path).lexically_normal();
    if (!normal.has_filename()) normal = normal.parent_path();
    const auto stem = to_valid_utf8(normal.stem().string());
    return stem.empty() || stem == "." || stem == ".." ? "text" : stem;
}

struct Labels {
    std::vector<std::string> names;
    std::vector<std::int32_t> of_file;
};

/// A folder with folders in it: each of them is a domain; anything else is one.
Labels label_files(const std::vector<TextFile>& files, const std::string& fallback)
{
    Labels labels;
    std::map<std::string, std::int32_t> known;
    for (const auto& file : files) {
        const auto slash = file.name.find('/');
        const auto name = slash == std::string::npos ? fallback : file.name.substr(0, slash);
        const auto [place, is_new] = known.try_emplace(name, static_cast<std::int32_t>(labels.names.size()));
        if (is_new) labels.names.push_back(name);
        labels.of_file.push_back(place->second);
    }
    if (labels.names.size() > kMostDomains) return {{fallback}, std::vector<std::int32_t>(files.size(), 0)};
    return labels;
}

/// A single file: its own XXH64. A folder: XXH64 over name, a zero byte, size and hash of each file in order.
std::uint64_t content_hash(const std::vector<TextFile>& files, bool folder)
{
    if (!folder) return files.front().hash;
    Hash64 hash;
    for (const auto& file : files) {
        hash.update(file.name);
        hash.update("\0", 1);
        hash.update_integer(file.size);
        hash.update_integer(file.hash);
    }
    return hash.digest();
}

class FileCorpus final : public Corpus {
public:
    FileCorpus(CorpusInfo info, std::unique_ptr<FilePool> pool, FileSplit split, Labels labels,
               const CorpusOptions& options)
        : m_info(std::move(info)), m_pool(std::move(pool)), m_split(std::move(split)), m_labels(std::move(labels)),
          m_options(options)
    {}

    const CorpusInfo& info() const override { return m_info; }
    const std::vector<std::string>& domains() const override { return m_labels.names; }
    std::int64_t tokens(Split split) const override
    {
        return static_cast<std::int64_t>(split == Split::Train ? m_split.training.tokens : m_split.validation.tokens);
    }

    Status read_training(std::uint64_t row, const RowView& into) const override
    {
        // The tape is a ring that each epoch begins at another place, cut into chunks of T tokens.
        const auto length = static_cast<std::uint64_t>(m_options.row.sequence_length);
        const auto tokens = m_split.training.tokens;
        const auto chunks = tokens / length;
        const auto epoch = row / chunks;
        const auto chunk = Permutation(chunks, m_options.seed, kOrderStream ^ epoch << 20)(row % chunks);
        const auto shift = Philox(m_options.seed, kShiftStream).below(epoch, tokens);
        return read(m_split.training, (shift + chunk * length) % tokens, into);
    }

    Status read_validation(std::uint64_t row, std::uint64_t count, const RowView& into) const override
    {
        const auto room = m_split.validation.tokens - static_cast<std::uint64_t>(m_options.row.tokens());
        const auto start = count < 2 ? 0 : static_cast<std::uint64_t>(static_cast<Wide>(room) * row / (count - 1));
        return read(m_split.validation, start, into);
    }

private:
    /// Copies tokens from `position` on; at the end of the tape it goes on at its beginning.
    Status read(const Tape& tape, std::uint64_t position, const RowView& into) const
    {
        std::size_t done = 0;
        std::int32_t document = 0;
        while (done < into.tokens.size()) {
            const auto index = tape.find(position);
            const Segment& segment = tape.segments[index];
            const auto first = position - tape.starts[index];
            const auto count = std::min<std::uint64_t>(segment.tokens() - first, into.tokens.size() - done);
            if (const Status got = copy(segment, first, into.tokens.subspan(done, count)); !got) return got;
            std::fill_n(into.documents.begin() + static_cast<std::ptrdiff_t>(done), count, document++);
            std::fill_n(into.domains.begin() + static_cast<std::ptrdiff_t>(done), count,
                        m_labels.of_file[segment.file]);
            done += count;
            position = (position + count) % tape.tokens;
        }
        return {};
    }

    /// Tokens of a segment from number `first` on: <bos> where it stands, text, <eos> where it stands.
    Status copy(const Segment& segment, std::uint64_t first, std::span<TokenId> into) const
    {
        if (segment.starts_document) {
            if (first == 0) {
                into.front() = ByteTokenizer::kBos;
                into = into.subspan(1);
            } else {
                --first;
            }
        }
        const auto left = segment.end - segment.begin - first;
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left, into.size()));
        // The bytes lie at the end of their tokens' own memory: no token is written over a byte that is still to be read.
        const std::span<std::uint8_t> text(reinterpret_cast<std::uint8_t*>(into.data() + count) - count, count);
        if (const Status got = m_pool->read(segment.file, segment.begin + first, text); !got) return got;
        for (std::size_t i = 0; i < count; ++i) {
            const std::uint8_t byte = text[i];
            into[i] = ByteTokenizer::token_of(byte);
        }
        if (count < into.size()) into.back() = ByteTokenizer::kEos;
        return {};
    }

    CorpusInfo m_info;
    std::unique_ptr<FilePool> m_pool;
    FileSplit m_split;
    Labels m_labels;
    CorpusOptions m_options;
};

} // namespace

Result<std::unique_ptr<Corpus>> open_file_corpus(const DataSpec& spec, const CorpusOptions& options)
{
    auto found = find_text_files(spec.name);
    if (!found) return found.error();
    std::error_code ignored;
    const bool folder = std::filesystem::is_directory(spec.name, ignored);
    const auto label = label_of(spec.name);
    auto labels = folder ? label_files(found->files, label) : Labels{{label}, {0}};
    auto pool = std::make_unique<FilePool>(std::move(found->files));
    auto split =
        split_files(*pool, options.validation_fraction, static_cast<std::uint64_t>(options.row.tokens()), spec.name);
    if (!split) return split.error();
    CorpusInfo info;
    info.spec = to_valid_utf8(spec.text);
    info.hash = content_hash(pool->files(), folder);
    for (const auto& file : pool->files()) info.bytes += static_cast<std::int64_t>(file.length());
    info.documents = static_cast<std::int64_t>(pool->files().size());
    info.notes = std::move(found->notes);
    info.notes.push_back(split->rule);
    return std::unique_ptr<Corpus>(
        std::make_unique<FileCorpus>(std::move(info), std::move(pool), split.take(), std::move(labels), options));
}

} // namespace triptych
