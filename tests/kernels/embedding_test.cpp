// The token embedding against naive loops and finite differences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/embedding.h"
#include "tests/support/op_test.h"

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

class Embedding : public OpTest<EmbeddingForward, EmbeddingBackward> {
protected:
    Values random_tokens(std::int64_t count, std::int64_t vocabulary)
    {
        Values tokens = random(count, 0, static_cast<double>(vocabulary));
        for (double& t : tokens) t = std::min(std::floor(t), static_cast<double>(vocabulary - 1));
        return tokens;
    }

    static Values forward_on(Stream& on, DType type, const Values& tokens, std::int64_t columns, const Values& table)
    {
        const auto count = static_cast<std::int64_t>(tokens.size());
        const std::int64_t vocabulary = static_cast<std::int64_t>(table.size()) / columns;
        const Tensor<1> t(on, DType::I32, {count}, tokens, {});
        const Tensor<2> rows(on, type, {vocabulary, columns}, table, {});
        const Tensor<2> y(on, type, {count, columns}, Values(static_cast<std::size_t>(count * columns), 99), {});
        run(on, EmbeddingForward{.tokens = t, .table = rows, .y = y});
        return y.values();
    }

    Values backward(Stream& on, const Values& tokens, std::int64_t vocabulary, std::int64_t columns, const Values& dy)
    {
        const auto count = static_cast<std::int64_t>(tokens.size());
        const auto t = ints<1>({count}, tokens);
        const auto tdy = tensor<2>({count, columns}, dy);
        const auto dtable = filled<2>({vocabulary, columns}, 1);
        run(on, EmbeddingBackward{.tokens = t, .dy = tdy, .dtable = dtable});
        return dtable.values();
    }

    static Values naive_backward(const Values& tokens, std::int64_t vocabulary, std::int64_t columns, const Values& dy)
    {
        const auto width = static_cast<std::size_t>(columns);
        Values dtable(static_cast<std::size_t>(vocabulary) * width, 1);
        for (std::size_t n = 0; n < tokens.size(); ++n)
            for (std::size_t c = 0; c < width; ++c)
                dtable[static_cast<std::size_t>(tokens[n]) * width + c] += dy[n * width + c];
        return dtable;
    }

    void expect_rows(std::int64_t count, std::int64_t vocabulary, std::int64_t columns)
    {
        const Values tokens = random_tokens(count, vocabulary);
        const Values table = random(vocabulary * columns);
        Values expected;
        for (const double t : tokens)
            for (std::int64_t c = 0; c < columns; ++c)
                expected.push_back(table[static_cast<std::size_t>(t) * static_cast<std::size_t>(columns) +
                                         static_cast<std::size_t>(c)]);
        EXPECT_EQ(forward_on(stream(), dtype(), tokens, columns, table), expected);

        const Values dy = random(count * columns);
        expect_close(backward(stream(), tokens, vocabulary, columns, dy),
                     naive_backward(tokens, vocabulary, columns, dy), tolerance().formula, "dtable");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Embedding);

TEST_P(Embedding, CopiesRowsAndAddsTheirGradients)
{
    expect_rows(9, 7, 37);
}
TEST_P(Embedding, HandlesOneTokenNoTokenAndOneColumn)
{
    expect_rows(1, 7, 37);
    expect_rows(0, 7, 37);
    expect_rows(5, 3, 1);
    expect_rows(4, 1, 3);
}
TEST_P(Embedding, HandlesLargeTablesAndWideRows)
{
    expect_rows(40, 5000, 9);
    expect_rows(6, 11, 7168);
}
TEST_P(Embedding, BackwardMatchesFiniteDifferences)
{
    const Values tokens = {2, 0, 2, 4, 2, 0};
    const Values dy = random(6 * 3);
    const auto loss = [&](const Values& table) { return dot(dy, forward_on(oracle(), DType::F64, tokens, 3, table)); };
    expect_close(backward(stream(), tokens, 5, 3, dy), plus(1, gradient(loss, random(15))), tolerance().gradient,
                 "dtable");
}

/// Few columns and many threads split by token, many columns by column; a token that comes often must not matter.
TEST_P(Embedding, BackwardGivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    for (const std::int64_t columns : {3, 64, 100, 300}) {
        const std::int64_t count = 60000 / columns * 2;
        Values tokens = random_tokens(count, 13);
        for (std::size_t n = 0; n < tokens.size(); n += 2) tokens[n] = 5;
        const Values dy = random(count * columns);
        const Values first = backward(stream(), tokens, 13, columns, dy);
        EXPECT_EQ(backward(stream(), tokens, 13, columns, dy), first);
        for (const int threads : {1, 3, 7}) {
            Stream other(stream().device(), threads);
            EXPECT_EQ(backward(other, tokens, 13, columns, dy), first)
                << columns << " columns, " << threads << " threads";
        }
    }
}

TEST_P(Embedding, RejectsAWrongShapeBeforeLaunch)
{
    const auto tokens = ints<1>({4}, {0, 1, 2, 0});
    const auto table = filled<2>({3, 5}, 1);
    const auto y = filled<2>({4, 5}, 99);
    const EmbeddingForward forward{.tokens = tokens, .table = table, .y = y};
    expect_rejected(forward, "tokens", [&](auto& op) { op.tokens = filled<1>({4}, 0); });
    expect_rejected(forward, "y is", [&](auto& op) { op.tokens = ints<1>({5}, Values(5, 0)); });
    expect_rejected(forward, "table", [&](auto& op) { op.table = ConstView<2>(nullptr, dtype(), {3, 5}); });
    expect_rejected(forward, "table must be contiguous", [&](auto& op) { op.table = filled<2>({3, 5}, 1, {0, 1}); });
    expect_rejected(forward, "y", [&](auto& op) { op.y = filled<2>({4, 6}, 1); });

    const EmbeddingBackward backward{.tokens = tokens, .dy = y, .dtable = table};
    expect_rejected(backward, "tokens", [&](auto& op) { op.tokens = ConstView<1>(nullptr, DType::I32, {4}); });
    expect_rejected(backward, "dy", [&](auto& op) { op.dy = filled<2>({3, 5}, 1); });
    expect_rejected(backward, "dtable", [&](auto& op) { op.dtable = View<2>(nullptr, dtype(), {3, 5}); });
    EXPECT_EQ(table.values(), Values(15, 1.0));
}

TEST_P(Embedding, RefusesATokenOutsideTheTableBeforeWritingAnything)
{
    const auto table = filled<2>({3, 5}, 1);
    const auto y = filled<2>({4, 5}, 99);
    for (const double outside : {3.0, -1.0, 2147483647.0}) {
        const auto tokens = ints<1>({4}, {0, 1, outside, 0});
        const std::string text = "tokens[2] is " + std::to_string(static_cast<int>(outside)) + ", expected 0 to 2";
        expect_rejected(EmbeddingForward{.tokens = tokens, .table = table, .y = y}, text, [](auto&) {});
        expect_rejected(EmbeddingBackward{.tokens = tokens, .dy = y, .dtable = table}, text, [](auto&) {});
    }
    EXPECT_EQ(y.values(), Values(20, 99.0));
    EXPECT_EQ(table.values(), Values(15, 1.0));
}

} // namespace
} // namespace triptych::test
