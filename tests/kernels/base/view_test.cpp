// Views: slices, shapes, and messages that name what is wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/view.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace triptych {
namespace {

class Views : public testing::Test {
protected:
    float m_data[24] = {};
    View<2> m_view{m_data, DType::F32, {4, 6}};

    static std::string message_of(const std::function<void()>& fn)
    {
        try {
            fn();
        } catch (const ShapeError& error) {
            return error.what();
        }
        return "nothing was thrown";
    }
};

TEST_F(Views, KnowTheirSize)
{
    EXPECT_EQ(m_view.count(), 24);
    EXPECT_EQ(m_view.bytes(), 96U);
    EXPECT_EQ(m_view.size(1), 6);
    EXPECT_EQ(m_view.row_stride(), 6);
    EXPECT_TRUE(m_view.is_contiguous());
    EXPECT_TRUE(m_view);
    EXPECT_FALSE(View<2>());
    EXPECT_EQ(to_string(m_view), "[4, 6]");
}

TEST_F(Views, CutRowsAndColumns)
{
    const auto rows = m_view.rows(1, 2);
    EXPECT_EQ(rows.as<float>(), m_data + 6);
    EXPECT_EQ(rows.size(0), 2);
    EXPECT_TRUE(rows.is_contiguous());
    const auto columns = m_view.columns(2, 3);
    EXPECT_EQ(columns.as<float>(), m_data + 2);
    EXPECT_EQ(columns.row_stride(), 6);
    EXPECT_FALSE(columns.is_contiguous());
    EXPECT_TRUE(columns.rows(0, 1).is_contiguous());
    EXPECT_EQ(columns.rows(2, 2).as<float>(), m_data + 14);
}

TEST_F(Views, TakeAnotherShape)
{
    const auto cube = m_view.reshape<3>({2, 3, 4});
    EXPECT_EQ(cube.row_stride(), 12);
    EXPECT_EQ(cube.rows(1, 1).as<float>(), m_data + 12);
}

TEST_F(Views, ThatMayBeWrittenMayBeRead)
{
    const ConstView<2> view = m_view.columns(0, 2);
    EXPECT_EQ(view.row_stride(), 6);
    EXPECT_EQ(view.as<float>(), m_data);
}

TEST_F(Views, AreRefusedWithBothShapes)
{
    EXPECT_EQ(message_of([&] {
                  require_shape("op", "gain", m_view, DType::F32, {4, 5});
              }),
              "[op] gain is F32 [4, 6], expected F32 [4, 5]");
    EXPECT_EQ(message_of([&] {
                  require_shape("op", "gain", m_view, DType::F64, {4, 6});
              }),
              "[op] gain is F32 [4, 6], expected F64 [4, 6]");
    const View<1> missing(nullptr, DType::F32, {3});
    EXPECT_EQ(message_of([&] { require_shape("op", "gain", missing, DType::F32, {3}); }),
              "[op] gain is null F32 [3], expected F32 [3]");
    EXPECT_EQ(message_of([&] {
                  require_dense("op", "x", m_view.columns(0, 5), DType::F32, {4, 5});
              }),
              "[op] x must be contiguous, its rows lie 6 elements apart");
}

TEST_F(Views, AreAcceptedWhenAllIsWell)
{
    require_dense("op", "x", m_view, DType::F32, {4, 6});
    require_shape("op", "x", m_view.columns(0, 5), DType::F32, {4, 5});
    require_shape("op", "x", View<2>(nullptr, DType::F32, {0, 5}), DType::F32, {0, 5});
}

TEST(DTypes, HaveSizesAndTheNamesOfSafetensors)
{
    EXPECT_EQ(size_of(DType::F64) + size_of(DType::I64), 16U);
    EXPECT_EQ(size_of(DType::F32) + size_of(DType::I32), 8U);
    EXPECT_EQ(size_of(DType::BF16) + size_of(DType::F16), 4U);
    EXPECT_EQ(size_of(DType::F8E4M3) + size_of(DType::F8E5M2) + size_of(DType::U8), 3U);
    EXPECT_EQ(name_of(DType::BF16), "BF16");
    EXPECT_EQ(name_of(DType::F8E4M3), "F8_E4M3");
    EXPECT_EQ(kDTypeOf<double>, DType::F64);
}

} // namespace
} // namespace triptych
