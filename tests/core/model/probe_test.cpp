// What a probe sees while decoding is what it sees in one pass over the whole text, and watching changes nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/latent_cache.h"
#include "tests/support/model_fixture.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <map>
#include <span>
#include <tuple>
#include <vector>

namespace triptych::test {
namespace {

/// The rows of every tap, one after another; attention rows are cut to the keys a token may see.
class RowProbe : public Probe {
public:
    using Key = std::tuple<TapPoint, std::int64_t, std::int64_t>;

    bool wants(const Tap& tap) const override
    {
        return tap.point == TapPoint::Attention || tap.point == TapPoint::RouterExperts ||
               tap.point == TapPoint::RouterWeights;
    }
    void take(const Tap& tap, ConstView<2> view) override
    {
        auto& rows = m_rows[{tap.point, tap.layer, tap.head}];
        for (std::int64_t r = 0; r < view.size(0); ++r) {
            const auto position = static_cast<std::int64_t>(rows.size());
            const std::int64_t columns = tap.point == TapPoint::Attention ? position + 1 : view.size(1);
            auto& row = rows.emplace_back();
            for (std::int64_t c = 0; c < columns; ++c) row.push_back(value(view, r, c));
            for (std::int64_t c = columns; c < view.size(1); ++c) EXPECT_EQ(value(view, r, c), 0) << "a later token";
        }
    }
    const std::map<Key, std::vector<std::vector<double>>>& rows() const { return m_rows; }

private:
    static double value(ConstView<2> view, std::int64_t row, std::int64_t column)
    {
        const std::int64_t at = row * view.row_stride() + column;
        return view.dtype() == DType::I32 ? view.as<std::int32_t>()[at] : view.as<double>()[at];
    }
    std::map<Key, std::vector<std::vector<double>>> m_rows;
};

class Probes : public testing::TestWithParam<NamedConfig> {
protected:
    static constexpr std::int64_t kTokens = 12;

    /// A prompt of 7 tokens at once, then one at a time; the logits after the last.
    static std::vector<double> decode(AttentionForm form, Probe* probe)
    {
        const auto& [name, router, config] = GetParam();
        ModelFixture f(config, router, DType::F64, {.batch = 1, .length = 7, .cache_length = 16}, PlanFor::Inference);
        LatentCache cache(config, Device{}, DType::F64, 16);
        Pass pass = f.pass(Phase::Decode);
        pass.cache = &cache;
        pass.form = form;
        pass.probe = probe;
        const auto tokens = random_tokens(kTokens, config.vocab_size, 6);
        std::vector<double> out(static_cast<std::size_t>(config.vocab_size));
        const View<2> view(out.data(), DType::F64, {1, config.vocab_size});
        f.model.decode(pass, std::span(tokens).first(7), view);
        for (std::size_t t = 7; t < kTokens; ++t) f.model.decode(pass, std::span(tokens).subspan(t, 1), view);
        return out;
    }
};

TEST_P(Probes, SeeTheSameWhileDecodingInEitherFormAsInOnePass)
{
    const auto& [name, router, config] = GetParam();
    RowProbe whole;
    ModelFixture f(config, router, DType::F64, {.batch = 1, .length = kTokens}, PlanFor::Inference);
    Pass pass = f.pass(Phase::Evaluate);
    pass.probe = &whole;
    const TokenBatch batch{.batch = 1,
                           .length = kTokens,
                           .inputs = {random_tokens(kTokens, config.vocab_size, 6)},
                           .targets = {},
                           .domains = {}};
    f.model.evaluate(pass, batch, [](std::int64_t, std::int64_t, ConstView<2>) {});
    ASSERT_GE(whole.rows().size(), static_cast<std::size_t>(config.num_hidden_layers * config.num_attention_heads));

    for (const AttentionForm form : {AttentionForm::Absorbed, AttentionForm::Materialized}) {
        RowProbe probe;
        decode(form, &probe);
        ASSERT_EQ(probe.rows().size(), whole.rows().size());
        for (const auto& [key, expected] : whole.rows()) {
            const auto& found = probe.rows().at(key);
            ASSERT_EQ(found.size(), expected.size());
            for (std::size_t t = 0; t < expected.size(); ++t) {
                ASSERT_EQ(found[t].size(), expected[t].size());
                for (std::size_t c = 0; c < expected[t].size(); ++c)
                    ASSERT_NEAR(found[t][c], expected[t][c], 1e-12)
                        << "tap " << static_cast<int>(std::get<0>(key)) << ", layer " << std::get<1>(key) << ", token "
                        << t;
            }
        }
    }
}

TEST_P(Probes, ChangeNothing)
{
    for (const AttentionForm form : {AttentionForm::Absorbed, AttentionForm::Materialized}) {
        RowProbe probe;
        EXPECT_EQ(decode(form, &probe), decode(form, nullptr));
    }
}

INSTANTIATE_TEST_SUITE_P(Configs, Probes, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });

} // namespace
} // namespace triptych::test
