// The flat parameter store: layout, initial values, checkpoint names.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/named_tensors.h"
#include "core/tensor/param_store.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>

namespace triptych {
namespace {

ParamRows example()
{
    ParamRows rows;
    rows.add({.name = "a", .shape = {3, 5}});
    rows.add({.name = "gain", .shape = {7}, .init = Init::Ones, .decay = Decay::No});
    rows.add({.name = "bias", .shape = {4}, .init = Init::Zeros, .role = ParamRole::Buffer});
    rows.add({.name = "pair", .shape = {2, 4}, .parts = {{"pair.first", {1, 4}}, {"pair.second", {1, 4}}}});
    return rows;
}

TEST(ParamStore, RowsStartOnCacheLinesAndGapsStayZero)
{
    ParamStore store(Device{}, DType::F32, example(), StoreFor::Training);
    store.initialize(1, 0.02);
    std::set<std::int64_t> used;
    for (const ParamRow& row : store.rows()) {
        EXPECT_EQ(row.offset % 16, 0) << row.name;
        for (std::int64_t i = 0; i < row.count() && row.role == ParamRole::Trained; ++i)
            EXPECT_TRUE(used.insert(row.offset + i).second);
    }
    for (std::int64_t i = 0; i < store.weights().size(0); ++i) {
        if (!used.contains(i)) {
            EXPECT_EQ(store.weights().as<float>()[i], 0);
        }
    }
}

TEST(ParamStore, DrawsTheSameWeightsInBothPrecisionsAndWhateverTheOrderOfRows)
{
    ParamRows reversed;
    const ParamRows rows = example();
    for (auto row = rows.rows().rbegin(); row != rows.rows().rend(); ++row) reversed.add(*row);
    ParamStore a(Device{}, DType::F64, example(), StoreFor::Inference);
    ParamStore b(Device{}, DType::F32, reversed, StoreFor::Inference);
    a.initialize(5, 0.5);
    b.initialize(5, 0.5);
    for (const NamedTensor& x : weight_tensors(a)) {
        for (const NamedTensor& y : weight_tensors(b)) {
            if (x.name != y.name) continue;
            ASSERT_EQ(x.shape, y.shape);
            EXPECT_EQ(static_cast<float>(*static_cast<double*>(x.data)), *static_cast<float*>(y.data)) << x.name;
        }
    }
}

TEST(ParamStore, NormalRowsHaveTheAskedDeviation)
{
    ParamRows rows;
    rows.add({.name = "w", .shape = {100, 100}});
    ParamStore store(Device{}, DType::F64, rows, StoreFor::Inference);
    store.initialize(2, 0.02);
    double sum = 0;
    double squares = 0;
    for (std::int64_t i = 0; i < 10000; ++i) {
        sum += store.weights().as<double>()[i];
        squares += store.weights().as<double>()[i] * store.weights().as<double>()[i];
    }
    EXPECT_NEAR(sum / 10000, 0, 0.02 * 5 / 100);
    EXPECT_NEAR(std::sqrt(squares / 10000), 0.02, 0.001);
}

TEST(ParamStore, PartsFollowOneAnotherInMemory)
{
    const ParamStore store(Device{}, DType::F32, example(), StoreFor::Training);
    const auto tensors = weight_tensors(store);
    ASSERT_EQ(tensors.size(), 5U);
    EXPECT_EQ(tensors[3].name, "pair.first");
    EXPECT_EQ(tensors[4].name, "pair.second");
    EXPECT_EQ(static_cast<float*>(tensors[4].data) - static_cast<float*>(tensors[3].data), 4);
    EXPECT_EQ(trained_tensors(store, store.first_moments(), "m.").front().name, "m.a");
    EXPECT_EQ(trained_tensors(store, store.first_moments(), "m.").size(), 4U) << "buffers have no moments";
}

ParamRows matrices()
{
    ParamRows rows;
    rows.add({.name = "dense", .shape = {37, 20}, .packing = Packing::Yes});
    rows.add({.name = "gain", .shape = {20}});
    rows.add({.name = "experts", .shape = {3, 5, 7}, .packing = Packing::Yes});
    return rows;
}
constexpr ParamId kDense{0}, kGain{1}, kExperts{2};

TEST(ParamStore, CopiesAreReadFromTheTimeTheyArePackedUntilWeightsChange)
{
    Stream stream({}, 1);
    for (const DType operands : {DType::F32, DType::BF16}) {
        ParamStore store(Device{}, DType::F32, operands, matrices(), StoreFor::Training);
        const auto reads_copies = [&] { return bool(store.packed_forward(kDense, operands)); };
        EXPECT_FALSE(reads_copies()) << "nothing was packed";
        store.initialize(1, 0.02);
        EXPECT_FALSE(store.is_packed());
        store.pack(stream);
        EXPECT_TRUE(store.is_packed());
        EXPECT_TRUE(reads_copies());
        EXPECT_TRUE(store.packed_backward(kDense, operands));
        EXPECT_FALSE(store.packed_forward(kGain, operands)) << "no matrix";
        EXPECT_FALSE(store.packed_forward(kDense, operands == DType::F32 ? DType::BF16 : DType::F32))
            << "products of another type cannot read them";
        store.set_unpacked();
        EXPECT_FALSE(reads_copies());
        store.pack(stream);
        store.initialize(2, 0.02);
        EXPECT_FALSE(reads_copies()) << "the weights are new";
    }
}

TEST(ParamStore, HasCopiesOfExpertsInBf16Alone)
{
    Stream stream({}, 1);
    const auto bytes_of_copies = [](DType operands) {
        return ParamStore::packed_bytes_of(matrices(), operands, StoreFor::Training);
    };
    for (const DType operands : {DType::F32, DType::BF16}) {
        ParamStore store(Device{}, DType::F32, operands, matrices(), StoreFor::Training);
        store.pack(stream);
        EXPECT_EQ(bool(store.packed_forward(kExperts, operands)), operands == DType::BF16);
        EXPECT_EQ(bool(store.packed_copies(kExperts.index).forward), operands == DType::BF16);
        EXPECT_GT(bytes_of_copies(operands), 0U);
        const ParamStore inference(Device{}, DType::F32, operands, matrices(), StoreFor::Inference);
        EXPECT_FALSE(inference.packed_forward(kDense, operands));
    }
    ParamStore wide(Device{}, DType::F64, matrices(), StoreFor::Training);
    wide.pack(stream);
    EXPECT_FALSE(wide.packed_forward(kDense, DType::F64));
    EXPECT_EQ(bytes_of_copies(DType::F64), 0U);
}

TEST(ParamRows, RefusesANameTwiceAndPartsThatDoNotAddUp)
{
    ParamRows rows = example();
    EXPECT_THROW(rows.add({.name = "a", .shape = {1}}), std::invalid_argument);
    EXPECT_THROW(rows.add({.name = "b", .shape = {3}, .parts = {{"b.1", {2}}}}), std::invalid_argument);
}

} // namespace
} // namespace triptych
