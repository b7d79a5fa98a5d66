// The built-in texts as a corpus: rows without end, documents divided into training and validation by their hash.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic_corpus.h"

#include "core/data/byte_tokenizer.h"
#include "core/data/synthetic_tasks.h"
#include "core/util/hash64.h"
#include "core/util/utf8.h"
#include "kernels/base/rng.h"

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr std::uint64_t kValidationSeed = 0x76616C6964617465; // the same for every run
constexpr std::uint64_t kOffsetStream = 0x6F6666736574;       // dice for where a row begins
constexpr std::uint64_t kValidationShare = 16;                // one document in so many
constexpr int kNumberBits = 24;                               // documents a row may look at

Split side_of(const std::string& text)
{
    return hash64(text) % kValidationShare == 0 ? Split::Validation : Split::Train;
}

/// Fills a row from its front; everything after the end is dropped.
class RowWriter {
public:
    explicit RowWriter(const RowView& row) : m_row(row) {}

    bool full() const { return m_next == m_row.tokens.size(); }

    void put(TokenId token, int domain)
    {
        if (full()) return;
        m_row.tokens[m_next] = token;
        m_row.documents[m_next] = m_document;
        m_row.domains[m_next++] = domain;
    }

    /// One document from its token number `skip` on (0 is <bos>), which must not be its last.
    void put_document(const std::string& text, std::size_t skip, int domain)
    {
        if (skip == 0) put(ByteTokenizer::kBos, domain);
        for (std::size_t i = skip == 0 ? 0 : skip - 1; i < text.size(); ++i)
            put(ByteTokenizer::token_of(static_cast<std::uint8_t>(text[i])), domain);
        put(ByteTokenizer::kEos, domain);
        ++m_document;
    }

private:
    RowView m_row;
    std::size_t m_next = 0;
    std::int32_t m_document = 0;
};

class SyntheticCorpus final : public Corpus {
public:
    SyntheticCorpus(CorpusInfo info, SyntheticText training, SyntheticText validation, const CorpusOptions& options)
        : m_info(std::move(info)), m_training(std::move(training)), m_validation(std::move(validation)),
          m_options(options)
    {
        m_label.resize(synthetic_domains().size(), 0);
        for (const int domain : m_training.domains()) {
            m_label[static_cast<std::size_t>(domain)] = static_cast<int>(m_domains.size());
            m_domains.emplace_back(synthetic_domains()[static_cast<std::size_t>(domain)].name);
        }
    }

    const CorpusInfo& info() const override { return m_info; }
    const std::vector<std::string>& domains() const override { return m_domains; }
    std::int64_t tokens(Split split) const override
    {
        return split == Split::Train || m_options.validation_fraction > 0 ? kEndless : 0;
    }

    Status read_training(std::uint64_t row, const RowView& into) const override
    {
        fill(m_training, Split::Train, m_options.seed, row, into);
        return {};
    }

    Status read_validation(std::uint64_t row, std::uint64_t, const RowView& into) const override
    {
        fill(m_validation, Split::Validation, kValidationSeed, row, into);
        return {};
    }

private:
    /// Every row has its own numbers on the shelf. Half of the rows begin with a document, half in the middle of one,
    /// so that late parts of long documents are learned too.
    void fill(const SyntheticText& shelf, Split side, std::uint64_t seed, std::uint64_t row, const RowView& into) const
    {
        const Philox dice(seed, kOffsetStream);
        RowWriter writer(into);
        bool first = true;
        for (std::uint64_t k = 0; !writer.full(); ++k) {
            const auto document = shelf.document(row << kNumberBits | k);
            if (side_of(document.text) != side) continue;
            const bool middle = first && dice.below(2 * row, 2) == 1;
            const auto skip = middle ? static_cast<std::size_t>(dice.below(2 * row + 1, document.text.size())) : 0;
            writer.put_document(document.text, skip, m_label[static_cast<std::size_t>(document.domain)]);
            first = false;
        }
    }

    CorpusInfo m_info;
    SyntheticText m_training;
    SyntheticText m_validation;
    CorpusOptions m_options;
    std::vector<std::string> m_domains;
    std::vector<int> m_label; // of each of all built-in domains in m_domains
};

} // namespace

Result<std::unique_ptr<Corpus>> open_synthetic_corpus(const DataSpec& spec, const CorpusOptions& options)
{
    auto training = SyntheticText::create(spec.name, options.seed);
    auto validation = SyntheticText::create(spec.name, kValidationSeed);
    if (!training) return training.error();
    CorpusInfo info;
    info.spec = to_valid_utf8(spec.text);
    info.hash = training->fingerprint();
    return std::unique_ptr<Corpus>(
        std::make_unique<SyntheticCorpus>(std::move(info), training.take(), validation.take(), options));
}

} // namespace triptych
