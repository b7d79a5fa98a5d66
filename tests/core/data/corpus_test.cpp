// Rows cover the training text once an epoch, never touch the validation text, and depend on their number alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/data/corpus.h"
#include "core/data/synthetic_tasks.h"
#include "core/util/hash64.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace triptych {
namespace {

using test::TempFolder;

struct Row {
    std::vector<TokenId> tokens;
    std::vector<std::int32_t> documents;
    std::vector<std::int32_t> domains;

    explicit Row(const RowShape& shape)
        : tokens(static_cast<std::size_t>(shape.tokens()), -7), documents(tokens.size(), -7), domains(tokens.size(), -7)
    {}
    RowView view() { return {tokens, documents, domains}; }
    std::string text() const { return ByteTokenizer().decode(tokens); }
};

std::unique_ptr<Corpus> corpus_of(const std::string& spec, const CorpusOptions& options)
{
    auto corpus = open_corpus(DataSpec::parse(spec).take(), options);
    EXPECT_TRUE(corpus.ok()) << corpus.error().what;
    return corpus.take();
}

Row training_row(const Corpus& corpus, const CorpusOptions& options, std::uint64_t number)
{
    Row row(options.row);
    EXPECT_TRUE(corpus.read_training(number, row.view()).ok());
    return row;
}

/// A text in which every stretch of five letters occurs once: where a token came from can be read off.
std::string numbered_text(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i) text += "<" + std::to_string(10000 + i) + ">";
    return text;
}

TEST(FileCorpus, AnEpochReadsEveryTokenOfTheTrainingSplitOnce)
{
    const TempFolder folder;
    const auto text = numbered_text(700); // 4900 bytes
    const auto path = folder.write("a.txt", text).string();
    const CorpusOptions options{{64, 2}, 3, 0.1};
    const auto corpus = corpus_of(path, options);
    const auto tokens = static_cast<std::uint64_t>(corpus->tokens(Split::Train));
    ASSERT_EQ(tokens, 4411u); // 4410 bytes and <bos>
    const auto chunks = tokens / 64;
    for (std::uint64_t epoch = 0; epoch < 3; ++epoch) {
        std::map<std::string, int> seen;
        for (std::uint64_t c = 0; c < chunks; ++c) {
            auto row = training_row(*corpus, options, epoch * chunks + c);
            row.tokens.resize(64);
            const auto part = row.text();
            for (std::size_t i = 0; i + 7 <= part.size(); ++i) {
                if (part[i] == '<' && part[i + 6] == '>') ++seen[part.substr(i, 7)];
            }
        }
        // 630 marks, of which every chunk border cuts at most one.
        EXPECT_GE(seen.size(), 630 - chunks - 9);
        for (const auto& [mark, count] : seen) EXPECT_EQ(count, 1) << mark << " in epoch " << epoch;
    }
}

TEST(FileCorpus, TheOrderChangesWithEpochAndSeed)
{
    const TempFolder folder;
    const auto path = folder.write("a.txt", numbered_text(700)).string();
    const CorpusOptions options{{64, 1}, 3, 0.1};
    const CorpusOptions other_seed{{64, 1}, 4, 0.1};
    const auto corpus = corpus_of(path, options);
    const auto chunks = static_cast<std::uint64_t>(corpus->tokens(Split::Train)) / 64;
    const auto first = training_row(*corpus, options, 0).tokens;
    EXPECT_EQ(first, training_row(*corpus_of(path, options), options, 0).tokens);
    EXPECT_NE(first, training_row(*corpus, options, chunks).tokens);
    EXPECT_NE(first, training_row(*corpus_of(path, other_seed), other_seed, 0).tokens);
}

TEST(FileCorpus, TrainingNeverShowsTheValidationText)
{
    const TempFolder folder;
    const auto text = numbered_text(700);
    const auto path = folder.write("a.txt", text).string();
    const CorpusOptions options{{50, 3}, 3, 0.2};
    const auto corpus = corpus_of(path, options);
    const auto cut = static_cast<int>(4900 * 0.8 / 7);
    std::set<int> trained;
    for (std::uint64_t r = 0; r < 300; ++r) {
        const auto part = training_row(*corpus, options, r).text();
        for (std::size_t i = 0; i + 7 <= part.size(); ++i) {
            if (part[i] == '<' && part[i + 6] == '>') trained.insert(std::stoi(part.substr(i + 1, 5)) - 10000);
        }
    }
    EXPECT_LT(*trained.rbegin(), cut);
    std::set<int> validated;
    for (std::uint64_t r = 0; r < 40; ++r) {
        Row row(options.row);
        ASSERT_TRUE(corpus->read_validation(r, 40, row.view()).ok());
        const auto part = row.text();
        for (std::size_t i = 0; i + 7 <= part.size(); ++i) {
            if (part[i] == '<' && part[i + 6] == '>') validated.insert(std::stoi(part.substr(i + 1, 5)) - 10000);
        }
    }
    EXPECT_GE(*validated.begin(), cut);
    EXPECT_EQ(*validated.rbegin(), 699);
    EXPECT_EQ(validated.size(), 140u);
}

TEST(FileCorpus, MarksTheBordersOfDocuments)
{
    const TempFolder folder;
    folder.write("a.txt", "aaaaaaaaaa");
    folder.write("b.txt", "bbbbbbbbbb");
    const CorpusOptions options{{20, 4}, 1, 0};
    const auto corpus = corpus_of(folder.path().string(), options);
    ASSERT_EQ(corpus->tokens(Split::Train), 24); // two documents of ten bytes, <bos> and <eos> each
    for (std::uint64_t r = 0; r < 20; ++r) {
        const auto row = training_row(*corpus, options, r);
        for (std::size_t i = 0; i < row.tokens.size(); ++i) {
            const bool starts = row.tokens[i] == ByteTokenizer::kBos;
            if (i > 0) {
                EXPECT_EQ(row.documents[i], row.documents[i - 1] + (starts ? 1 : 0));
            }
            if (i > 0) {
                EXPECT_EQ(row.tokens[i - 1] == ByteTokenizer::kEos, starts);
            }
        }
    }
}

TEST(FileCorpus, FoldersOfAFolderAreDomains)
{
    const TempFolder folder;
    folder.write("poems/1.txt", std::string(200, 'p'));
    folder.write("code/1.py", std::string(200, 'c'));
    folder.write("readme.txt", std::string(200, 'r'));
    const CorpusOptions options{{30, 1}, 1, 0.1};
    const auto corpus = corpus_of(folder.path().string() + "/", options);
    ASSERT_EQ(corpus->domains().size(), 3u);
    for (std::uint64_t r = 0; r < 30; ++r) {
        const auto row = training_row(*corpus, options, r);
        for (std::size_t i = 0; i < row.tokens.size(); ++i) {
            if (row.tokens[i] < ByteTokenizer::kFirstByte) continue;
            const auto& domain = corpus->domains()[static_cast<std::size_t>(row.domains[i])];
            const char letter = static_cast<char>(row.tokens[i] - ByteTokenizer::kFirstByte);
            EXPECT_EQ(letter, domain == "poems" || domain == "code" ? domain[0] : 'r');
        }
    }
}

TEST(FileCorpus, TheHashFollowsTheContent)
{
    const TempFolder folder;
    const CorpusOptions options{{8, 1}, 1, 0.1};
    const auto file = folder.write("x/a.txt", std::string(100, 'a')).string();
    folder.write("x/b.txt", std::string(100, 'b'));
    const auto root = (folder / "x").string();
    EXPECT_EQ(corpus_of(file, options)->info().hash, hash64(std::string(100, 'a')));
    const auto before = corpus_of(root, options)->info().hash;
    EXPECT_EQ(corpus_of(root, options)->info().hash, before);
    folder.write("x/b.txt", std::string(100, 'c'));
    const auto changed = corpus_of(root, options)->info().hash;
    EXPECT_NE(changed, before);
    std::filesystem::rename(folder / "x/b.txt", folder / "x/c.txt");
    EXPECT_NE(corpus_of(root, options)->info().hash, changed);
}

TEST(FileCorpus, AFileThatShrinksDuringTheRunIsAnError)
{
    const TempFolder folder;
    const auto path = folder.write("a.txt", numbered_text(100));
    const CorpusOptions options{{16, 1}, 1, 0.1};
    // Opening maps the file; a second corpus that has not touched it yet sees the change.
    const auto corpus = corpus_of(path.string(), {{16, 1}, 1, 0});
    std::filesystem::rename(folder.write("b.txt", "short"), path);
    Row row(options.row);
    const auto status = corpus->read_training(0, row.view());
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("has changed since the run began"), std::string::npos);
}

TEST(OpenCorpus, RefusesOptionsThatCannotWork)
{
    const auto spec = DataSpec::parse("builtin:json").take();
    EXPECT_NE(open_corpus(spec, {{0, 1}, 1, 0.1}).error().what.find("sequence length"), std::string::npos);
    EXPECT_NE(open_corpus(spec, {{8, 1}, 1, 0.6}).error().what.find("validation_fraction"), std::string::npos);
    EXPECT_NE(open_corpus(spec, {{8, 1}, 1, -0.1}).error().what.find("validation_fraction"), std::string::npos);
    const auto unknown = open_corpus(DataSpec::parse("builtin:nothing").take(), {{8, 1}, 1, 0.1});
    ASSERT_FALSE(unknown.ok());
    EXPECT_NE(unknown.error().hint.find("arithmetic"), std::string::npos);
}

TEST(SyntheticCorpus, RowsAreWholeDocumentsWithLabels)
{
    const CorpusOptions options{{512, 2}, 1, 0.1};
    const auto corpus = corpus_of("builtin:mixed", options);
    EXPECT_EQ(corpus->domains().size(), synthetic_domains().size());
    EXPECT_EQ(corpus->tokens(Split::Train), Corpus::kEndless);
    int begun_with_a_document = 0;
    for (std::uint64_t r = 0; r < 100; ++r) {
        const auto row = training_row(*corpus, options, r);
        begun_with_a_document += row.tokens[0] == ByteTokenizer::kBos ? 1 : 0;
        for (std::size_t i = 1; i < row.tokens.size(); ++i) {
            const bool starts = row.tokens[i] == ByteTokenizer::kBos;
            ASSERT_EQ(row.documents[i], row.documents[i - 1] + (starts ? 1 : 0));
            ASSERT_EQ(row.tokens[i - 1] == ByteTokenizer::kEos, starts);
            if (!starts) {
                ASSERT_EQ(row.domains[i], row.domains[i - 1]);
            }
        }
    }
    EXPECT_GT(begun_with_a_document, 30);
    EXPECT_LT(begun_with_a_document, 70);
}

TEST(SyntheticCorpus, NoDocumentIsOnBothSides)
{
    const CorpusOptions options{{2000, 1}, 1, 0.1};
    const auto corpus = corpus_of("builtin:roman", options);
    const auto documents = [&](auto read) {
        std::set<std::string> whole;
        for (std::uint64_t r = 0; r < 60; ++r) {
            Row row(options.row);
            EXPECT_TRUE(read(r, row.view()).ok());
            std::size_t begin = row.tokens.size();
            for (std::size_t i = 0; i < row.tokens.size(); ++i) {
                if (row.tokens[i] == ByteTokenizer::kBos) begin = i;
                if (row.tokens[i] == ByteTokenizer::kEos && begin < i)
                    whole.insert(ByteTokenizer().decode(std::span(row.tokens).subspan(begin, i - begin)));
            }
        }
        return whole;
    };
    const auto trained = documents([&](std::uint64_t r, const RowView& row) { return corpus->read_training(r, row); });
    const auto validated =
        documents([&](std::uint64_t r, const RowView& row) { return corpus->read_validation(r, 60, row); });
    ASSERT_GT(trained.size(), 300u);
    ASSERT_GT(validated.size(), 300u);
    for (const auto& text : validated) {
        EXPECT_EQ(hash64(text) % 16, 0u);
        EXPECT_EQ(trained.count(text), 0u);
    }
}

TEST(SyntheticCorpus, ValidationIsTheSameForEverySeed)
{
    const CorpusOptions one{{100, 1}, 1, 0.1};
    const CorpusOptions two{{100, 1}, 2, 0.1};
    const auto first = corpus_of("builtin:english", one);
    const auto second = corpus_of("builtin:english", two);
    Row a(one.row);
    Row b(two.row);
    ASSERT_TRUE(first->read_validation(3, 8, a.view()).ok());
    ASSERT_TRUE(second->read_validation(3, 8, b.view()).ok());
    EXPECT_EQ(a.tokens, b.tokens);
    EXPECT_NE(training_row(*first, one, 3).tokens, training_row(*second, two, 3).tokens);
    EXPECT_EQ(first->info().hash, second->info().hash);
}

} // namespace
} // namespace triptych
