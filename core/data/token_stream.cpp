// The batches of a run: any step can be asked for at any time, so that a resumed run sees what it would have seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/token_stream.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>
#include <utility>

namespace triptych {

namespace {

std::vector<double> weights_of(const std::vector<DataSpec>& specs, const std::vector<std::unique_ptr<Corpus>>& corpora)
{
    const bool any_given =
        std::any_of(specs.begin(), specs.end(), [](const auto& spec) { return spec.weight.has_value(); });
    double file_tokens = 0;
    double files = 0;
    for (const auto& corpus : corpora) {
        const auto tokens = corpus->tokens(Split::Train);
        if (tokens == Corpus::kEndless) continue;
        file_tokens += static_cast<double>(tokens);
        ++files;
    }
    std::vector<double> weights;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const auto tokens = corpora[i]->tokens(Split::Train);
        const double by_size = tokens != Corpus::kEndless ? static_cast<double>(tokens)
                               : files > 0                ? file_tokens / files
                                                          : 1.0;
        weights.push_back(any_given ? specs[i].weight.value_or(1.0) : by_size);
    }
    return weights;
}

Status check(const StreamOptions& options)
{
    const auto wrong = [](const char* key, std::int64_t value, std::int64_t least) {
        return Error{std::string(key) + " is " + std::to_string(value) + ", at least " + std::to_string(least) +
                         " is needed",
                     std::string("Set ") + key + " to " + std::to_string(least) + " or more."};
    };
    if (options.batch_size < 1) return wrong("batch_size", options.batch_size, 1);
    if (options.sequence_length < 1) return wrong("sequence_length", options.sequence_length, 1);
    if (options.mtp_depth < 0) return wrong("num_nextn_predict_layers", options.mtp_depth, 0);
    if (options.micro_steps < 1) return wrong("gradient_accumulation_steps", options.micro_steps, 1);
    return {};
}

} // namespace

/// One row at a time goes into its place in a batch.
class TokenStream::Packer {
public:
    Packer(const StreamOptions& options, BatchBuffer& buffer) : m_row(buffer), m_batch(buffer.batch)
    {
        shape_batch(m_batch, options.batch_size, options.sequence_length, options.mtp_depth);
        m_batch.domains.resize(m_batch.inputs[0].size());
        const auto tokens = static_cast<std::size_t>(options.sequence_length + options.mtp_depth + 1);
        for (auto* values : {&m_row.tokens, &m_row.documents, &m_row.domains}) values->resize(tokens);
    }

    RowView row() { return {m_row.tokens, m_row.documents, m_row.domains}; }

    /// Copies what is in row() to row b of the batch; `labels` are the corpus's domains in those of the stream.
    void put(std::uint64_t b, const std::vector<std::int32_t>& labels)
    {
        const auto length = static_cast<std::size_t>(m_batch.length);
        const auto begin = b * length;
        for (std::size_t t = 0; t < length; ++t) {
            m_batch.domains[begin + t] = labels[static_cast<std::size_t>(m_row.domains[t])];
            for (std::size_t k = 0; k < m_batch.inputs.size(); ++k) {
                const auto next = t + k + 1;
                m_batch.inputs[k][begin + t] = m_row.tokens[t + k];
                m_batch.targets[k][begin + t] = m_row.documents[next] == m_row.documents[t] ? m_row.tokens[next] : -1;
            }
        }
    }

private:
    BatchBuffer& m_row;
    TokenBatch& m_batch;
};

Result<TokenStream> TokenStream::open(const std::vector<std::string>& specs, const StreamOptions& options)
{
    if (auto status = check(options); !status) return status.error();
    if (specs.empty() || specs.size() > Mixture::kBlock / 2) {
        return Error{"the run has " + std::to_string(specs.size()) + " data sources, 1 to 512 are possible",
                     "Give --data a text file, a folder, or builtin:mixed; put many files into one folder."};
    }
    const CorpusOptions corpus_options{
        {options.sequence_length, options.mtp_depth + 1}, options.seed, options.validation_fraction};
    std::vector<DataSpec> parsed;
    std::vector<std::unique_ptr<Corpus>> corpora;
    for (const auto& text : specs) {
        auto spec = DataSpec::parse(text);
        if (!spec) return spec.error();
        auto corpus = open_corpus(*spec, corpus_options);
        if (!corpus) return corpus.error();
        parsed.push_back(spec.take());
        corpora.push_back(corpus.take());
    }
    Mixture mixture(weights_of(parsed, corpora), options.seed);
    return TokenStream(std::move(corpora), std::move(mixture), options);
}

TokenStream::TokenStream(std::vector<std::unique_ptr<Corpus>> corpora, Mixture mixture, const StreamOptions& options)
    : m_corpora(std::move(corpora)), m_mixture(std::move(mixture)), m_options(options)
{
    for (const auto& corpus : m_corpora) {
        auto& labels = m_labels.emplace_back();
        for (const auto& name : corpus->domains()) {
            const auto found = std::find(m_domains.begin(), m_domains.end(), name);
            labels.push_back(static_cast<std::int32_t>(found - m_domains.begin()));
            if (found == m_domains.end()) m_domains.push_back(name);
        }
    }
}

std::vector<CorpusInfo> TokenStream::infos() const
{
    std::vector<CorpusInfo> infos;
    for (const auto& corpus : m_corpora) infos.push_back(corpus->info());
    return infos;
}

Status TokenStream::read(std::uint64_t step, std::uint64_t micro_step, BatchBuffer& into) const
{
    Packer packer(m_options, into);
    const auto rows = static_cast<std::uint64_t>(m_options.batch_size);
    const auto first = (step * static_cast<std::uint64_t>(m_options.micro_steps) + micro_step) * rows;
    for (std::uint64_t b = 0; b < rows; ++b) {
        const auto place = m_mixture.place_of(first + b);
        if (auto status = m_corpora[place.corpus]->read_training(place.row, packer.row()); !status)
            return status.error();
        packer.put(b, m_labels[place.corpus]);
    }
    return {};
}

Result<TokenBatch> TokenStream::batch(std::uint64_t step, std::uint64_t micro_step) const
{
    BatchBuffer buffer;
    if (auto status = read(step, micro_step, buffer); !status) return status.error();
    return std::move(buffer.batch);
}

bool TokenStream::has_validation() const
{
    return m_options.validation_fraction > 0;
}

std::int64_t TokenStream::validation_batches() const
{
    double rows = 0;
    for (std::size_t i = 0; i < m_corpora.size(); ++i) {
        const auto tokens = m_corpora[i]->tokens(Split::Validation);
        if (tokens == Corpus::kEndless) continue;
        const double share = static_cast<double>(m_mixture.quotas()[i]) / static_cast<double>(Mixture::kBlock);
        rows = std::max(rows, static_cast<double>(tokens) / static_cast<double>(m_options.sequence_length) / share);
    }
    if (rows == 0) return Corpus::kEndless;
    return static_cast<std::int64_t>(std::ceil(rows / static_cast<double>(m_options.batch_size)));
}

TokenStream::ValidationPlace TokenStream::validation_place(std::uint64_t row, std::uint64_t rows) const
{
    // The rows are dealt out in the order of the corpora, each as many as its share of 1024.
    std::uint64_t share_before = 0;
    std::uint64_t begin = 0;
    for (std::size_t corpus = 0;; ++corpus) {
        share_before += m_mixture.quotas()[corpus];
        const auto end = rows * share_before / Mixture::kBlock;
        if (row < end) return {corpus, row - begin, end - begin};
        begin = end;
    }
}

Result<TokenBatch> TokenStream::validation_batch(std::uint64_t index, std::uint64_t count) const
{
    if (!has_validation()) throw std::logic_error("validation_batch: there is no validation split");
    if (index >= count) throw std::logic_error("validation_batch: the index is not below the count");
    BatchBuffer buffer;
    Packer packer(m_options, buffer);
    const auto rows = static_cast<std::uint64_t>(m_options.batch_size);
    for (std::uint64_t b = 0; b < rows; ++b) {
        const auto place = validation_place(index * rows + b, count * rows);
        const Corpus& corpus = *m_corpora[place.corpus];
        if (auto status = corpus.read_validation(place.row, place.count, packer.row()); !status) return status.error();
        packer.put(b, m_labels[place.corpus]);
    }
    return std::move(buffer.batch);
}

} // namespace triptych
