// Packed copies of weights: what the update of a weight leaves is what packing it leaves, and products that read copies
// of F32 give the bits of those that read the weight.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/rng.h"
#include "kernels/ops/adamw.h"
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/linear.h"
#include "kernels/ops/pack_weights.h"
#include "tests/support/op_test.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace triptych::test {
namespace {

using Floats = std::vector<float>;
using Bytes = std::vector<std::uint8_t>;
using Matrices = std::array<std::int64_t, 3>;

constexpr std::uint8_t kOld = 0xA5; // what stood in a copy before

Floats random_floats(std::int64_t count, std::uint64_t seed)
{
    Floats values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(static_cast<float>(Philox(seed, 0).uniform(static_cast<std::uint64_t>(i)) * 2 - 1));
    return values;
}

template <int Rank>
View<Rank> view(Floats& values, std::array<std::int64_t, Rank> shape)
{
    return View<Rank>(values.data(), DType::F32, shape);
}
View<1> view(Bytes& bytes)
{
    return View<1>(bytes.data(), DType::U8, {static_cast<std::int64_t>(bytes.size())});
}
View<1> view(std::vector<std::int32_t>& values)
{
    return View<1>(values.data(), DType::I32, {static_cast<std::int64_t>(values.size())});
}

/// Room for both copies of the matrices.
struct Copies {
    Bytes forward, backward;

    Copies(const Matrices& m, DType operands)
        : forward(static_cast<std::size_t>(m[0] * packed_bytes_forward(m[1], m[2], operands)), kOld),
          backward(static_cast<std::size_t>(m[0] * packed_bytes_backward(m[1], m[2], operands)), kOld)
    {}
    bool operator==(const Copies&) const = default;
};

Copies packed(Stream& stream, const Matrices& matrices, Floats& weight, DType operands)
{
    Copies copies(matrices, operands);
    run(stream, PackWeights{.weight = view<3>(weight, matrices),
                            .forward = view(copies.forward),
                            .backward = view(copies.backward),
                            .operands = operands});
    return copies;
}

/// One number, parts of panels, several blocks of rows, and enough for several threads.
const std::vector<Matrices> kMatrices = {{1, 1, 1},  {3, 5, 7},  {2, 37, 20},  {4, 130, 65},
                                         {3, 1, 90}, {2, 90, 1}, {6, 192, 256}};

class PackedWeights : public testing::TestWithParam<DType> {};
INSTANTIATE_TEST_SUITE_P(, PackedWeights, testing::Values(DType::F32, DType::BF16), [](const auto& operands) {
    return operands.param == DType::F32 ? std::string("F32") : std::string("Bf16");
});

TEST_P(PackedWeights, AreLeftByTheUpdateAsPackingLeavesThem)
{
    Stream stream({}, 2);
    for (const Matrices& m : kMatrices) {
        const std::int64_t count = m[0] * m[1] * m[2];
        Floats weight = random_floats(count, 1);
        Floats alone = weight;
        Floats gradient = random_floats(count, 2);
        Floats first(weight.size()), second(weight.size()), first_alone(weight.size()), second_alone(weight.size());
        Copies copies(m, GetParam());
        AdamWUpdate update{.weight = view<1>(alone, {count}),
                           .gradient = view<1>(gradient, {count}),
                           .first_moment = view<1>(first_alone, {count}),
                           .second_moment = view<1>(second_alone, {count}),
                           .learning_rate = 0.1,
                           .weight_decay = 0.1};
        run(stream, update);
        update.weight = view<1>(weight, {count});
        update.first_moment = view<1>(first, {count});
        update.second_moment = view<1>(second, {count});
        update.matrices = m;
        update.packed_forward = view(copies.forward);
        update.packed_backward = view(copies.backward);
        update.operands = GetParam();
        run(stream, update);
        EXPECT_EQ(weight, alone) << "the update of " << m[0] << " x " << m[1] << " x " << m[2]
                                 << " differs when it packs";
        EXPECT_EQ(first, first_alone);
        EXPECT_EQ(second, second_alone);
        EXPECT_EQ(copies, packed(stream, m, weight, GetParam())) << m[0] << " x " << m[1] << " x " << m[2];
    }
}

TEST_P(PackedWeights, DoNotDependOnTheThreads)
{
    const Matrices matrices = {6, 192, 256};
    Floats weight = random_floats(6 * 192 * 256, 1);
    Stream one({}, 1), three({}, 3);
    EXPECT_EQ(packed(one, matrices, weight, GetParam()), packed(three, matrices, weight, GetParam()));
}

TEST_P(PackedWeights, AreRefusedInTheSizeOfTheOtherType)
{
    Stream stream({}, 1);
    const Matrices matrices = {1, 37, 20};
    const DType other = GetParam() == DType::F32 ? DType::BF16 : DType::F32;
    Floats weight = random_floats(37 * 20, 1), same = weight;
    Copies copies(matrices, other);
    const PackWeights pack{.weight = view<3>(weight, matrices),
                           .forward = view(copies.forward),
                           .backward = view(copies.backward),
                           .operands = other};
    expect_rejected_on(stream, pack, "forward", [](auto& op) { op.operands = GetParam(); });
    expect_rejected_on(stream, pack, "operands", [](auto& op) { op.operands = DType::F64; });
    const AdamWUpdate update{.weight = view<1>(weight, {740}),
                             .gradient = view<1>(same, {740}),
                             .first_moment = view<1>(same, {740}),
                             .second_moment = view<1>(same, {740}),
                             .matrices = matrices,
                             .packed_forward = view(copies.forward),
                             .packed_backward = view(copies.backward),
                             .operands = other};
    expect_rejected_on(stream, update, "packed_forward", [](auto& op) { op.operands = GetParam(); });
    expect_rejected_on(stream, update, "operands", [](auto& op) { op.operands = DType::I32; });
    EXPECT_EQ(copies, Copies(matrices, other));
}

/// Few rows, which are read from the weight itself, one block and several, sums of several parts.
TEST(PackedFloats, GiveTheBitsOfTheWeightInProjections)
{
    Stream stream({}, 2);
    for (const auto& [n, o, i] : std::vector<std::array<std::int64_t, 3>>{{1, 1, 1},
                                                                          {3, 37, 20},
                                                                          {8, 130, 65},
                                                                          {9, 130, 65},
                                                                          {70, 5, 7},
                                                                          {1200, 90, 64},
                                                                          {70, 40, 1300},
                                                                          {33, 1300, 40}}) {
        Floats weight = random_floats(o * i, 1);
        Floats x = random_floats(n * i, 2), dy = random_floats(n * o, 3);
        const Copies copies = packed(stream, {1, o, i}, weight, DType::F32);
        Copies read = copies;
        Floats y(dy.size()), y_packed(dy.size()), dx(x.size(), 1.0F), dx_packed(x.size(), 1.0F);
        LinearForward forward{.x = view<2>(x, {n, i}),
                              .weight = view<2>(weight, {o, i}),
                              .y = view<2>(y, {n, o}),
                              .addend = view<2>(dy, {n, o})};
        run(stream, forward);
        forward.y = view<2>(y_packed, {n, o});
        forward.packed = view(read.forward);
        run(stream, forward);
        EXPECT_EQ(y_packed, y) << n << " rows of " << o << " x " << i;
        LinearBackwardInput backward{.dy = view<2>(dy, {n, o}),
                                     .weight = view<2>(weight, {o, i}),
                                     .dx = view<2>(dx, {n, i}),
                                     .mode = WriteMode::Accumulate};
        run(stream, backward);
        backward.dx = view<2>(dx_packed, {n, i});
        backward.packed = view(read.backward);
        run(stream, backward);
        EXPECT_EQ(dx_packed, dx) << n << " rows of " << o << " x " << i;
        EXPECT_EQ(read, copies) << "a product wrote to a copy";
    }
}

TEST(PackedFloats, GiveTheBitsOfTheWeightToExperts)
{
    constexpr std::int64_t kExperts = 4, kOut = 70, kIn = 45, kTokens = 150;
    Stream stream({}, 2);
    Floats weight = random_floats(kExperts * kOut * kIn, 1);
    Floats x = random_floats(kTokens * kIn, 2), dy = random_floats(2 * kTokens * kOut, 3);
    std::vector<std::int32_t> offsets = {0, 5, 5, 140, 2 * kTokens}; // few rows, none, many
    std::vector<std::int32_t> order;
    for (std::int32_t m = 0; m < 2 * kTokens; ++m) order.push_back(m * 7 % (2 * kTokens));
    Copies copies = packed(stream, {kExperts, kOut, kIn}, weight, DType::F32);
    Floats y(dy.size()), y_packed(dy.size());
    GroupedLinearForward forward{.x = view<2>(x, {kTokens, kIn}),
                                 .offsets = view(offsets),
                                 .weight = view<3>(weight, {kExperts, kOut, kIn}),
                                 .y = view<2>(y, {2 * kTokens, kOut}),
                                 .order = view(order)};
    run(stream, forward);
    forward.y = view<2>(y_packed, {2 * kTokens, kOut});
    forward.packed = view(copies.forward);
    run(stream, forward);
    EXPECT_EQ(y_packed, y);
    Floats dx(2 * kTokens * kIn), dx_packed(2 * kTokens * kIn);
    GroupedLinearBackwardInput backward{.dy = view<2>(dy, {2 * kTokens, kOut}),
                                        .offsets = view(offsets),
                                        .weight = view<3>(weight, {kExperts, kOut, kIn}),
                                        .dx = view<2>(dx, {2 * kTokens, kIn})};
    run(stream, backward);
    backward.dx = view<2>(dx_packed, {2 * kTokens, kIn});
    backward.packed = view(copies.backward);
    run(stream, backward);
    EXPECT_EQ(dx_packed, dx);
}

TEST(PackedFloats, AreRefusedBesideAnotherWeight)
{
    Stream stream({}, 1);
    Floats weight = random_floats(37 * 20, 1), x(5 * 20), y(5 * 37);
    std::vector<double> wide(37 * 20);
    Copies copies = packed(stream, {1, 37, 20}, weight, DType::F32);
    const LinearForward good{.x = view<2>(x, {5, 20}),
                             .weight = view<2>(weight, {37, 20}),
                             .y = view<2>(y, {5, 37}),
                             .packed = view(copies.forward)};
    run(stream, good);
    expect_rejected_on(stream, good, "packed", [&](auto& op) {
        op.weight = ConstView<2>(weight.data(), DType::BF16, {37, 20});
    });
    expect_rejected_on(stream, good, "packed", [&](auto& op) { op.packed = op.packed.rows(0, op.packed.size(0) - 4); });
    expect_rejected_on(stream, good, "packed", [&](auto& op) {
        op.x = ConstView<2>(wide.data(), DType::F64, {5, 20});
        op.weight = ConstView<2>(wide.data(), DType::F64, {37, 20});
        op.y = View<2>(wide.data(), DType::F64, {5, 37});
    });
}

} // namespace
} // namespace triptych::test
