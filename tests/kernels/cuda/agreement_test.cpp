// CUDA against the CPU at sizes where the kernels take other ways: more rows than a launch has blocks, rows wider than
// shared memory, more experts than lanes and than one round of a scan. Skipped where there is no GPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/permute.h"
#include "kernels/ops/rms_norm.h"
#include "kernels/ops/router.h"
#include "tests/support/op_test.h"

namespace triptych::test {
namespace {

class CudaAgreement : public OpTestBase {
protected:
    using Size = std::int64_t;

    /// `outputs(stream, dtype)` runs ops and returns all that they wrote; on CUDA and, as the truth, on the CPU in f64.
    template <class Outputs>
    void expect_agreement(Outputs&& outputs)
    {
        const std::vector<Values> actual = outputs(stream(), DType::F32);
        const std::vector<Values> expected = outputs(oracle(), DType::F64);
        ASSERT_EQ(actual.size(), expected.size());
        for (std::size_t i = 0; i < actual.size(); ++i)
            expect_close(actual[i], expected[i], tolerance().gradient, ("output " + std::to_string(i)).c_str());
    }

    void expect_rms_norm(Size rows, Size columns, Layout layout = {})
    {
        const Values x = random(rows * columns);
        const Values gain = random(columns);
        const Values dy = random(rows * columns);
        expect_agreement([&](Stream& on, DType type) {
            const Tensor<2> tx(on, type, {rows, columns}, x, layout);
            const Tensor<1> tgain(on, type, {columns}, gain, {});
            const Tensor<2> y(on, type, {rows, columns}, Values(x.size(), 99), layout);
            const Tensor<1> rstd(on, type, {rows}, Values(static_cast<std::size_t>(rows), 99), {});
            run(on, RmsNormForward{.x = tx, .gain = tgain, .y = y, .rstd = rstd});
            const Values forward = y.values();
            // The gradient of the input takes the memory of that of the output, as a block may ask for.
            const Tensor<2> d(on, type, {rows, columns}, dy, layout);
            const Tensor<1> dgain(on, type, {columns}, Values(gain.size(), 1), {});
            run(on, RmsNormBackward{.x = tx, .gain = tgain, .rstd = rstd, .dy = d, .dx = d, .dgain = dgain});
            return std::vector<Values>{forward, rstd.values(), d.values(), dgain.values()};
        });
    }

    /// Logits that are apart by far more than F32 rounds, so that both choose the same experts.
    Values distinct_logits(Size tokens, Size n_experts)
    {
        Values logits;
        for (Size n = 0; n < tokens; ++n)
            for (Size e = 0; e < n_experts; ++e)
                logits.push_back(4 * static_cast<double>((e * 7 + n * 3) % n_experts) / static_cast<double>(n_experts) -
                                 2);
        return logits;
    }

    void expect_router(Size tokens, Size n_experts, Size top_k, Size n_group, Size topk_group, ScoreFunction function)
    {
        const Values logits = distinct_logits(tokens, n_experts);
        const Values dweights = random(tokens * top_k);
        const auto choices = static_cast<std::size_t>(tokens * top_k);
        expect_agreement([&](Stream& on, DType type) {
            const Tensor<2> x(on, type, {tokens, n_experts}, logits, {});
            const Tensor<2> scores(on, type, {tokens, n_experts}, Values(logits.size(), 99), {});
            const Tensor<2> experts(on, DType::I32, {tokens, top_k}, Values(choices, 99), {});
            const Tensor<2> weights(on, type, {tokens, top_k}, Values(choices, 99), {});
            const Tensor<2> dw(on, type, {tokens, top_k}, dweights, {});
            const Tensor<2> dlogits(on, type, {tokens, n_experts}, Values(logits.size(), 99), {});
            run(on, RouterForward{.logits = x,
                                  .score_function = function,
                                  .n_group = n_group,
                                  .topk_group = topk_group,
                                  .scores = scores,
                                  .experts = experts,
                                  .weights = weights});
            run(on, RouterBackward{.scores = scores,
                                   .experts = experts,
                                   .dweights = dw,
                                   .score_function = function,
                                   .dlogits = dlogits});
            return std::vector<Values>{scores.values(), experts.values(), weights.values(), dlogits.values()};
        });
    }

    void expect_plan(Size tokens, Size n_experts, Size top_k)
    {
        const auto slots = static_cast<std::size_t>(tokens * top_k);
        Values choice;
        for (std::size_t i = 0; i < slots; ++i)
            choice.push_back(static_cast<double>(i * i * 31 % static_cast<std::size_t>(n_experts)));
        expect_agreement([&](Stream& on, DType) {
            const Tensor<2> experts(on, DType::I32, {tokens, top_k}, choice, {});
            const Tensor<1> counts(on, DType::I32, {n_experts}, Values(static_cast<std::size_t>(n_experts), 99), {});
            const Tensor<1> offsets(on, DType::I32, {n_experts + 1},
                                    Values(static_cast<std::size_t>(n_experts) + 1, 99), {});
            const Tensor<1> order(on, DType::I32, {tokens * top_k}, Values(slots, 99), {});
            const Tensor<1> position(on, DType::I32, {tokens * top_k}, Values(slots, 99), {});
            run(on,
                PlanDispatch{
                    .experts = experts, .counts = counts, .offsets = offsets, .order = order, .position = position});
            return std::vector<Values>{counts.values(), offsets.values(), order.values(), position.values()};
        });
    }

    void expect_rows(Size tokens, Size top_k, Size columns)
    {
        const Size slots = tokens * top_k;
        Values order;
        Values position(static_cast<std::size_t>(slots));
        for (Size m = 0; m < slots; ++m) { // backwards, so that nothing stays in its place
            order.push_back(static_cast<double>(slots - 1 - m));
            position[static_cast<std::size_t>(slots - 1 - m)] = static_cast<double>(m);
        }
        const Values x = random(tokens * columns);
        const Values weights = random(slots);
        const Values sorted = random(slots * columns);
        const auto ones = Values(sorted.size(), 1);
        expect_agreement([&](Stream& on, DType type) {
            const Tensor<2> tx(on, type, {tokens, columns}, x, {});
            const Tensor<1> torder(on, DType::I32, {slots}, order, {});
            const Tensor<1> tposition(on, DType::I32, {slots}, position, {});
            const Tensor<2> w(on, type, {tokens, top_k}, weights, {});
            const Tensor<2> dw(on, type, {tokens, top_k}, Values(weights.size(), 99), {});
            const Tensor<2> gathered(on, type, {slots, columns}, ones, {});
            const Tensor<2> rows(on, type, {slots, columns}, sorted, {});
            const Tensor<2> d(on, type, {slots, columns}, ones, {});
            const Tensor<2> sum(on, type, {tokens, columns}, Values(x.size(), 99), {});
            const Tensor<2> dx(on, type, {tokens, columns}, Values(x.size(), 1), {});
            run(on, PermuteForward{.x = tx, .order = torder, .y = gathered});
            run(on, CombineForward{.x = rows, .weights = w, .position = tposition, .y = sum});
            run(on, CombineBackward{.dy = tx, .x = rows, .weights = w, .position = tposition, .dx = d, .dweights = dw});
            run(on, PermuteBackward{.dy = rows, .position = tposition, .dx = dx, .mode = WriteMode::Accumulate});
            return std::vector<Values>{gathered.values(), sum.values(), d.values(), dw.values(), dx.values()};
        });
    }
};
INSTANTIATE_TEST_SUITE_P(, CudaAgreement, testing::Values(Backend{DeviceKind::Cuda, DType::F32}),
                         testing::PrintToStringParamName());

TEST_P(CudaAgreement, RmsNormWithMoreRowsThanTheLaunchHasBlocks)
{
    expect_rms_norm(1070, 1025);
}
TEST_P(CudaAgreement, RmsNormWithMoreNarrowRowsThanTheLaunchHasWarps)
{
    expect_rms_norm(8500, 3);
}
TEST_P(CudaAgreement, RmsNormAroundTheWidthWhereABlockTakesOverFromAWarp)
{
    for (const Size columns : {1020, 1024, 1028}) expect_rms_norm(5, columns);
}
TEST_P(CudaAgreement, RmsNormOfAlignedColumnSlices)
{
    expect_rms_norm(9, 64, {8, 4});
    expect_rms_norm(9, 64, {8, 3});
    expect_rms_norm(9, 64, {2, 4});
    expect_rms_norm(5, 1536, {0, 64});
}
TEST_P(CudaAgreement, RmsNormOfRowsWhoseSumsDoNotFitIntoSharedMemory)
{
    expect_rms_norm(3, 30000);
    expect_rms_norm(3, 30001);
}
TEST_P(CudaAgreement, RouterWithMoreTokensThanTheLaunchHasWarps)
{
    expect_router(4300, 8, 2, 4, 2, ScoreFunction::Sigmoid);
    expect_router(4300, 8, 2, 1, 1, ScoreFunction::Softmax);
}
TEST_P(CudaAgreement, RouterThatChoosesManyOfManyExperts)
{
    expect_router(3, 256, 256, 1, 1, ScoreFunction::Sigmoid);
    expect_router(3, 300, 70, 5, 3, ScoreFunction::Softmax);
    expect_router(3, 40, 10, 40, 33, ScoreFunction::Sigmoid);
}
TEST_P(CudaAgreement, RouterWhoseExpertsLeaveRoomForOneWarpInABlock)
{
    expect_router(2, 12000, 4, 2, 1, ScoreFunction::Sigmoid);
}
TEST_P(CudaAgreement, PlanWithMoreExpertsThanOneRoundOfTheScan)
{
    expect_plan(50, 700, 6);
    expect_plan(5, 257, 1);
}
TEST_P(CudaAgreement, PlanWithMoreSlotsThanSmallChunksHold)
{
    expect_plan(70000, 5, 4);
}
TEST_P(CudaAgreement, PlanWhoseExpertsLeaveRoomForOneWarpInABlock)
{
    expect_plan(100, 13000, 3);
}
TEST_P(CudaAgreement, RowsOfAllWidths)
{
    for (const Size columns : {1, 4, 36, 130, 1024, 1028, 1100}) expect_rows(7, 3, columns);
}
TEST_P(CudaAgreement, RowsMoreThanTheLaunchHasBlocks)
{
    expect_rows(1070, 1, 1028);
}

} // namespace
} // namespace triptych::test
