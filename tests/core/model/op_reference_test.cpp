// The ops with the most ways to be wrong against NumPy (tests/golden/ops), so that kernels and their tests cannot share
// a mistake.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/attention.h"
#include "kernels/ops/rms_norm.h"
#include "kernels/ops/router.h"
#include "tests/support/golden.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace triptych::test {
namespace {

/// Values in one of the two types of the CPU.
class Stored {
public:
    Stored(DType dtype, std::vector<double> values) : m_dtype(dtype), m_doubles(std::move(values))
    {
        if (m_dtype == DType::F32) m_floats.assign(m_doubles.begin(), m_doubles.end());
    }
    void* data() { return m_dtype == DType::F64 ? static_cast<void*>(m_doubles.data()) : m_floats.data(); }
    std::vector<double> values() const
    {
        return m_dtype == DType::F64 ? m_doubles : std::vector<double>(m_floats.begin(), m_floats.end());
    }
    View<2> matrix(std::int64_t columns)
    {
        return View<2>(data(), m_dtype, {static_cast<std::int64_t>(m_doubles.size()) / columns, columns});
    }
    View<1> row() { return View<1>(data(), m_dtype, {static_cast<std::int64_t>(m_doubles.size())}); }

private:
    DType m_dtype;
    std::vector<double> m_doubles;
    std::vector<float> m_floats;
};

class OpReference : public testing::TestWithParam<DType> {
protected:
    Stored in(const GoldenFile& file, const std::string& name) const { return {GetParam(), file.doubles(name)}; }
    Stored like(const GoldenFile& file, const std::string& name) const
    {
        return {GetParam(), std::vector<double>(file.doubles(name).size(), 99)};
    }
    /// The references are F32 casts of f64 results.
    void expect_close(const Stored& found, const std::vector<double>& expected, const std::string& what) const
    {
        const auto values = found.values();
        ASSERT_EQ(values.size(), expected.size()) << what;
        double largest = 1;
        double worst = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            largest = std::max(largest, std::abs(expected[i]));
            worst = std::max(worst, std::abs(values[i] - expected[i]));
        }
        EXPECT_LE(worst, (GetParam() == DType::F64 ? 2e-7 : 1e-5) * largest) << what;
    }

    Stream stream{Device{}, 2};
};

TEST_P(OpReference, RmsNormForwardAndBackward)
{
    const GoldenFile f(golden_folder("ops") / "rms_norm.safetensors");
    const std::int64_t c = f.shape("x")[1];
    Stored x = in(f, "x"), gain = in(f, "gain"), dy = in(f, "dy");
    Stored y = like(f, "y"), rstd = like(f, "rstd"), dx = like(f, "dx");
    Stored dgain(GetParam(), std::vector<double>(static_cast<std::size_t>(c)));
    run(stream,
        RmsNormForward{
            .x = x.matrix(c), .gain = gain.row(), .eps = f.doubles("eps")[0], .y = y.matrix(c), .rstd = rstd.row()});
    run(stream, RmsNormBackward{.x = x.matrix(c),
                                .gain = gain.row(),
                                .rstd = rstd.row(),
                                .dy = dy.matrix(c),
                                .dx = dx.matrix(c),
                                .dgain = dgain.row()});
    expect_close(y, f.doubles("y"), "y");
    expect_close(rstd, f.doubles("rstd"), "rstd");
    expect_close(dx, f.doubles("dx"), "dx");
    expect_close(dgain, f.doubles("dgain"), "dgain");
}

TEST_P(OpReference, RoutersOfEveryKind)
{
    const GoldenFile f(golden_folder("ops") / "router.safetensors");
    for (const std::string name : {"grouped.", "negative_bias.", "ungrouped.", "v3.", "softmax.", "ties."}) {
        const std::int64_t e = f.shape(name + "logits")[1];
        const std::int64_t k = f.shape(name + "weights")[1];
        const auto setting = [&](const char* key) { return f.integers(name + key)[0]; };
        const auto score_function = setting("softmax") ? ScoreFunction::Softmax : ScoreFunction::Sigmoid;
        const auto normalize = setting("normalize") ? Normalize::Yes : Normalize::No;
        const double scaling = f.doubles(name + "scaling")[0];
        Stored logits = in(f, name + "logits"), bias = in(f, name + "bias"), dweights = in(f, name + "dweights");
        Stored scores = like(f, name + "scores"), weights = like(f, name + "weights"),
               dlogits = like(f, name + "dlogits");
        const auto expected = f.integers(name + "experts");
        std::vector<std::int32_t> experts(expected.size(), -1);
        const View<2> chosen(experts.data(), DType::I32, {static_cast<std::int64_t>(experts.size()) / k, k});
        run(stream, RouterForward{.logits = logits.matrix(e),
                                  .bias = bias.row(),
                                  .score_function = score_function,
                                  .n_group = setting("n_group"),
                                  .topk_group = setting("topk_group"),
                                  .normalize = normalize,
                                  .scaling = scaling,
                                  .scores = scores.matrix(e),
                                  .experts = chosen,
                                  .weights = weights.matrix(k)});
        run(stream, RouterBackward{.scores = scores.matrix(e),
                                   .experts = chosen,
                                   .dweights = dweights.matrix(k),
                                   .dscores = ConstView<2>(),
                                   .score_function = score_function,
                                   .normalize = normalize,
                                   .scaling = scaling,
                                   .dlogits = dlogits.matrix(e)});
        EXPECT_EQ(experts, expected) << name;
        expect_close(scores, f.doubles(name + "scores"), name + "scores");
        expect_close(weights, f.doubles(name + "weights"), name + "weights");
        expect_close(dlogits, f.doubles(name + "dlogits"), name + "dlogits");
    }
}

TEST_P(OpReference, AttentionForwardBackwardItsMapAndACache)
{
    const GoldenFile f(golden_folder("ops") / "attention.safetensors");
    const auto shape = f.integers("head_shape");
    const HeadShape head{.heads = shape[0], .nope_dim = shape[1], .rope_dim = shape[2], .value_dim = shape[3]};
    const std::int64_t b = f.shape("q")[0];
    const std::int64_t t = f.shape("q")[1];
    const std::int64_t qw = f.shape("q")[2];
    const std::int64_t kw = f.shape("kv")[2];
    const std::int64_t yw = f.shape("y")[2];
    const double scale = f.doubles("scale")[0];
    Stored q = in(f, "q"), kv = in(f, "kv"), k_rope = in(f, "k_rope"), dy = in(f, "dy");
    Stored y = like(f, "y"), lse = like(f, "lse"), dq = like(f, "dq"), dkv = like(f, "dkv"),
           dk_rope = like(f, "dk_rope");
    run(stream, AttentionForward{.q = q.matrix(qw),
                                 .kv = kv.matrix(kw),
                                 .k_rope = k_rope.matrix(head.rope_dim),
                                 .head = head,
                                 .batch = b,
                                 .scale = scale,
                                 .y = y.matrix(yw),
                                 .lse = lse.matrix(head.heads)});
    run(stream, AttentionBackward{.q = q.matrix(qw),
                                  .kv = kv.matrix(kw),
                                  .k_rope = k_rope.matrix(head.rope_dim),
                                  .y = y.matrix(yw),
                                  .lse = lse.matrix(head.heads),
                                  .dy = dy.matrix(yw),
                                  .head = head,
                                  .batch = b,
                                  .scale = scale,
                                  .dq = dq.matrix(qw),
                                  .dkv = dkv.matrix(kw),
                                  .dk_rope = dk_rope.matrix(head.rope_dim)});
    expect_close(y, f.doubles("y"), "y");
    expect_close(lse, f.doubles("lse"), "lse");
    expect_close(dq, f.doubles("dq"), "dq");
    expect_close(dkv, f.doubles("dkv"), "dkv");
    expect_close(dk_rope, f.doubles("dk_rope"), "dk_rope");

    Stored map(GetParam(), std::vector<double>(static_cast<std::size_t>(t * t), 99));
    run(stream, AttentionWeights{.q = q.matrix(qw).rows(0, t),
                                 .kv = kv.matrix(kw).rows(0, t),
                                 .k_rope = k_rope.matrix(head.rope_dim).rows(0, t),
                                 .lse = lse.matrix(head.heads).rows(0, t),
                                 .head = head,
                                 .head_index = 1,
                                 .scale = scale,
                                 .weights = map.matrix(t)});
    const auto weights = f.doubles("weights"); // [B, H, T, T]
    expect_close(map, {weights.begin() + t * t, weights.begin() + 2 * t * t}, "weights of head 1");

    Stored last = in(f, "cached.q"), answer = like(f, "cached.y");
    const std::int64_t asked = f.shape("cached.q")[1];
    Stored last_lse(GetParam(), std::vector<double>(static_cast<std::size_t>(b * asked * head.heads)));
    run(stream, AttentionForward{.q = last.matrix(qw),
                                 .kv = kv.matrix(kw),
                                 .k_rope = k_rope.matrix(head.rope_dim),
                                 .head = head,
                                 .batch = b,
                                 .scale = scale,
                                 .y = answer.matrix(yw),
                                 .lse = last_lse.matrix(head.heads)});
    expect_close(answer, f.doubles("cached.y"), "the last positions asked alone");
}

INSTANTIATE_TEST_SUITE_P(Precisions, OpReference, testing::Values(DType::F64, DType::F32),
                         [](const auto& test) { return test.param == DType::F64 ? "F64" : "F32"; });

} // namespace
} // namespace triptych::test
