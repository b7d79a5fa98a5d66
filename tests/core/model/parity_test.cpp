// Logits, losses and every gradient against implementations that are not ours: transformers, PyTorch (tests/golden).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"
#include "tests/support/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

/// What the references themselves allow: they are F32 casts of f64 results; in f32 add the rounding of the pass.
double logit_tolerance(DType dtype)
{
    return dtype == DType::F64 ? 2e-6 : 1e-4;
}
double gradient_tolerance(DType dtype)
{
    return dtype == DType::F64 ? 1e-6 : 1e-3;
}

struct Precision {
    std::string folder;
    DType dtype;
};

void PrintTo(const Precision& p, std::ostream* out)
{
    *out << p.folder << (p.dtype == DType::F64 ? "F64" : "F32");
}

std::vector<Precision> both(const std::vector<std::string>& folders)
{
    std::vector<Precision> all;
    for (const auto& folder : folders)
        for (DType dtype : {DType::F64, DType::F32}) all.push_back({folder, dtype});
    return all;
}

std::string name_of_case(const testing::TestParamInfo<Precision>& test)
{
    return testing::PrintToString(test.param);
}

class Parity : public testing::TestWithParam<Precision> {
protected:
    Parity() : reference(golden_folder(GetParam().folder) / "reference.safetensors") {}

    static std::vector<double> values(ConstView<2> view)
    {
        std::vector<double> out(static_cast<std::size_t>(view.count()));
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = view.dtype() == DType::F64 ? view.as<double>()[i] : static_cast<double>(view.as<float>()[i]);
        return out;
    }

    void expect_close(const std::vector<double>& found, const std::vector<double>& expected, double tolerance,
                      const std::string& what)
    {
        ASSERT_EQ(found.size(), expected.size()) << what;
        double worst = 0;
        for (std::size_t i = 0; i < found.size(); ++i) worst = std::max(worst, std::abs(found[i] - expected[i]));
        EXPECT_LE(worst, tolerance) << what;
    }

    /// Each gradient within a share of its own norm.
    void expect_gradients(const ModelFixture& f)
    {
        for (const NamedTensor& t : trained_tensors(f.params, f.params.gradients(), "grad.")) {
            ASSERT_TRUE(reference.has(t.name)) << t.name;
            const auto expected = reference.doubles(t.name);
            double difference = 0;
            double size = 0;
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const double found = t.dtype == DType::F64 ? static_cast<const double*>(t.data)[i]
                                                           : static_cast<double>(static_cast<const float*>(t.data)[i]);
                difference += (found - expected[i]) * (found - expected[i]);
                size += expected[i] * expected[i];
            }
            EXPECT_LE(std::sqrt(difference), gradient_tolerance(GetParam().dtype) * std::sqrt(size) + 1e-9) << t.name;
        }
    }

    /// The experts each token chose, in rising order, against "experts.<layer>".
    void expect_routes(const RouteProbe& probe, std::int64_t top_k)
    {
        for (const auto& [layer, chosen] : probe.routes) {
            std::vector<std::int32_t> sorted = chosen;
            for (auto row = sorted.begin(); row != sorted.end(); row += top_k) std::sort(row, row + top_k);
            EXPECT_EQ(sorted, reference.integers("experts." + std::to_string(layer))) << "layer " << layer;
        }
    }

    GoldenFile reference;
};

class TransformersParity : public Parity {};

TEST_P(TransformersParity, LogitsLossRoutesAndGradientsAgree)
{
    const auto shape = reference.shape("input_ids");
    const auto ids = reference.integers("input_ids");
    const std::int64_t b = shape[0];
    const std::int64_t t = shape[1];
    const auto holder = golden_model(GetParam().folder, GetParam().dtype, {.batch = b, .length = t}, PlanFor::Training);
    ModelFixture& f = *holder;
    TokenBatch batch{.batch = b, .length = t, .inputs = {ids}, .targets = {ids}, .domains = {}};
    for (std::int64_t i = 0; i < b * t; ++i) {
        const bool last = i % t == t - 1;
        batch.targets[0][static_cast<std::size_t>(i)] = last ? -1 : ids[static_cast<std::size_t>(i + 1)];
    }

    RouteProbe routes;
    std::vector<double> logits;
    Pass evaluate = f.pass(Phase::Evaluate);
    evaluate.probe = &routes;
    const ModelLosses losses = f.model.evaluate(evaluate, batch, [&](std::int64_t, std::int64_t, ConstView<2> tile) {
        const auto v = values(tile);
        logits.insert(logits.end(), v.begin(), v.end());
    });
    expect_close(logits, reference.doubles("logits"), logit_tolerance(GetParam().dtype), "logits");
    EXPECT_NEAR(losses.main, reference.doubles("loss")[0], logit_tolerance(GetParam().dtype));
    expect_routes(routes, f.model.config().num_experts_per_tok);

    Pass train = f.pass(Phase::Train);
    train.weights = {.mtp = 0, .balance_alpha = 0, .gradient_scale = 1};
    f.model.loss_and_gradients(train, batch);
    expect_gradients(f);
}

INSTANTIATE_TEST_SUITE_P(Cases, TransformersParity,
                         testing::ValuesIn(both({"qlora", "no_qlora", "groups", "shared_experts", "yarn", "yarn_mscale",
                                                 "experts256", "dense", "tied"})),
                         name_of_case);

class TrainingParity : public Parity {};

TEST_P(TrainingParity, LossesOfEveryDepthAndAllGradientsAgree)
{
    const std::int64_t b = reference.shape("logits")[0];
    const std::int64_t t = reference.shape("logits")[1];
    const auto holder = golden_model(GetParam().folder, GetParam().dtype, {.batch = b, .length = t}, PlanFor::Training);
    ModelFixture& f = *holder;
    const std::int64_t depth = f.model.config().num_nextn_predict_layers;
    const TokenBatch batch = make_batch(reference.integers("tokens"), b, t, depth);
    const LossWeights weights{.mtp = reference.doubles("mtp_lambda")[0],
                              .balance_alpha = reference.doubles("alpha")[0],
                              .gradient_scale = 1};

    RouteProbe routes;
    std::vector<std::vector<double>> logits(static_cast<std::size_t>(depth + 1));
    Pass evaluate = f.pass(Phase::Evaluate);
    evaluate.weights = weights;
    evaluate.probe = &routes;
    f.model.evaluate(evaluate, batch, [&](std::int64_t k, std::int64_t, ConstView<2> tile) {
        const auto v = values(tile);
        auto& all = logits[static_cast<std::size_t>(k)];
        all.insert(all.end(), v.begin(), v.end());
    });
    expect_routes(routes, f.model.config().num_experts_per_tok);
    for (std::int64_t k = 0; k <= depth; ++k)
        expect_close(logits[static_cast<std::size_t>(k)],
                     reference.doubles(k == 0 ? "logits" : "mtp_logits." + std::to_string(k)),
                     logit_tolerance(GetParam().dtype), "logits of depth " + std::to_string(k));

    f.stats = {};
    Pass train = f.pass(Phase::Train);
    train.weights = weights;
    const ModelLosses losses = f.model.loss_and_gradients(train, batch);
    const double tolerance = logit_tolerance(GetParam().dtype);
    EXPECT_NEAR(losses.main, reference.doubles("main_loss")[0], tolerance);
    EXPECT_NEAR(losses.balance, reference.doubles("balance_loss")[0], tolerance);
    EXPECT_NEAR(losses.total(weights.mtp), reference.doubles("loss")[0], tolerance);
    for (std::size_t k = 0; k < losses.mtp.size(); ++k)
        EXPECT_NEAR(losses.mtp[k], reference.doubles("mtp_losses")[k], tolerance);
    expect_gradients(f);
}

INSTANTIATE_TEST_SUITE_P(Cases, TrainingParity, testing::ValuesIn(both({"mtp1", "mtp2", "softmax"})), name_of_case);

/// Five steps of training: AdamW, clipping, decay and the bias update together.
class OptimizerParity : public testing::TestWithParam<DType> {};

TEST_P(OptimizerParity, FiveStepsGiveTheLossesWeightsAndBiasesOfPyTorch)
{
    const GoldenFile steps(golden_folder("mtp1") / "adamw.safetensors");
    const GoldenFile reference(golden_folder("mtp1") / "reference.safetensors");
    const std::int64_t b = reference.shape("logits")[0];
    const std::int64_t t = reference.shape("logits")[1];
    const auto holder = golden_model("mtp1", GetParam(), {.batch = b, .length = t}, PlanFor::Training);
    ModelFixture& f = *holder;
    const auto tokens = steps.integers("tokens");
    const std::size_t stride = tokens.size() / 5;
    const auto losses = steps.doubles("loss");
    const auto norms = steps.doubles("grad_norm");
    const double tolerance = GetParam() == DType::F64 ? 2e-6 : 2e-5;
    Optimizer optimizer;
    for (std::size_t i = 0; i < 5; ++i) {
        const std::vector<std::int32_t> step(tokens.begin() + static_cast<std::ptrdiff_t>(i * stride),
                                             tokens.begin() + static_cast<std::ptrdiff_t>((i + 1) * stride));
        f.params.zero_gradients();
        f.stats = {};
        Pass train = f.pass(Phase::Train);
        train.weights = {.mtp = reference.doubles("mtp_lambda")[0],
                         .balance_alpha = reference.doubles("alpha")[0],
                         .gradient_scale = 1};
        const ModelLosses found = f.model.loss_and_gradients(train, make_batch(step, b, t, 1));
        EXPECT_NEAR(found.total(train.weights.mtp), losses[i], tolerance) << "step " << i + 1;
        const double norm = optimizer.update(f.stream, f.params, {.learning_rate = 3e-3}, static_cast<std::int64_t>(i) + 1);
        EXPECT_NEAR(norm, norms[i], 1e-4 * norms[i]) << "step " << i + 1;
        f.model.after_step(f.params, f.stats, 0.001);
    }
    for (const NamedTensor& tensor : weight_tensors(f.params)) {
        const auto expected = steps.doubles("after." + tensor.name);
        double worst = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const double value = GetParam() == DType::F64
                                     ? static_cast<const double*>(tensor.data)[i]
                                     : static_cast<double>(static_cast<const float*>(tensor.data)[i]);
            worst = std::max(worst, std::abs(value - expected[i]));
        }
        EXPECT_LE(worst, GetParam() == DType::F64 ? 2e-6 : 5e-4) << tensor.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Precisions, OptimizerParity, testing::Values(DType::F64, DType::F32),
                         [](const auto& test) { return test.param == DType::F64 ? "F64" : "F32"; });

} // namespace
} // namespace triptych::test
