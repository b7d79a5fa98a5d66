// The measured matrix rate: a number that a machine can have, from products that an observer sees.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/matrix_peak.h"

#include <gtest/gtest.h>

#include <string>

namespace triptych {
namespace {

class ProductCounter : public OpObserver {
public:
    void before(const OpCost&) override {}
    void after(const OpCost& cost) override
    {
        EXPECT_EQ(std::string(cost.name), "linear_forward");
        EXPECT_EQ(cost.flops, 2.0 * 2048 * 512 * 512);
        ++products;
    }
    int products = 0;
};

TEST(MatrixPeak, IsTheBestOfSomeProducts)
{
    for (const int threads : {1, 2})
        for (const DType operands : {DType::F32, DType::BF16}) {
            Stream stream(Device{}, threads);
            ProductCounter counter;
            stream.set_observer(&counter);
            const double rate = measure_matrix_peak(stream, operands);
            EXPECT_GE(counter.products, 1);
            EXPECT_GT(rate, 1e7) << "slower than any machine";
            EXPECT_LT(rate, 1e15) << "faster than any CPU";
        }
}

} // namespace
} // namespace triptych
