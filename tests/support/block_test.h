// One block of the model alone in F64: its parameters, plan and memory, and finite differences of everything it
// computes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/block.h"
#include "kernels/base/rng.h"
#include "tests/support/model_fixture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace triptych::test {

using Doubles = std::vector<double>;

inline Doubles random_doubles(std::int64_t count, std::uint64_t stream, double size = 1)
{
    const Philox random(23, stream);
    Doubles values;
    for (std::int64_t i = 0; i < count; ++i) values.push_back(size * random.normal(static_cast<std::uint64_t>(i)));
    return values;
}

inline View<2> matrix(Doubles& values, std::int64_t columns)
{
    return View<2>(values.data(), DType::F64, {static_cast<std::int64_t>(values.size()) / columns, columns});
}

/// The memory of something that declares and plans like a block.
class BlockBench {
public:
    template <class Part>
    BlockBench(Part& part, const TokenShape& shape) : BlockBench(declared(part), shape)
    {
        part.plan(m_planner, DType::F64, shape);
        allocate();
    }
    /// For parts that declare in another way; allocate() follows the planning.
    BlockBench(ParamRows rows, const TokenShape& shape)
        : params(Device{}, DType::F64, std::move(rows), StoreFor::Training), m_stream(Device{}, 2), m_shape(shape)
    {
        params.initialize(7, 0.4);
        for (std::int64_t i = 0; i < params.buffers().size(0); ++i)
            params.buffers().as<double>()[i] = 0.3 * Philox(3, 1).normal(static_cast<std::uint64_t>(i));
        for (std::int64_t i = 0; i < shape.tokens(); ++i)
            m_positions.push_back(static_cast<std::int32_t>(i % shape.length));
    }

    Planner& planner() { return m_planner; }
    /// What nobody wrote reads as NaN, so that a use of stale memory shows.
    void allocate()
    {
        m_workspace = std::make_unique<Workspace>(Device{}, m_planner);
        const Slot<1> all{.offset = 0,
                          .lifetime = Lifetime::Kept,
                          .dtype = DType::U8,
                          .shape = {static_cast<std::int64_t>(m_workspace->bytes())}};
        std::memset(m_workspace->at(all).raw(), 0xFF, m_workspace->bytes());
    }

    Pass pass(Phase phase, Probe* probe = nullptr)
    {
        Pass p{.stream = m_stream, .workspace = *m_workspace, .params = params};
        p.phase = phase;
        p.shape = m_shape;
        p.positions = ConstView<1>(m_positions.data(), DType::I32, {m_shape.tokens()});
        p.weights = {.mtp = 0.3, .balance_alpha = 0, .gradient_scale = 1};
        p.probe = probe;
        return p;
    }

    ParamStore params;

private:
    template <class Part>
    static ParamRows declared(Part& part)
    {
        ParamRows rows;
        part.declare(rows);
        return rows;
    }

    Stream m_stream;
    TokenShape m_shape;
    Planner m_planner{PlanFor::Training};
    std::unique_ptr<Workspace> m_workspace;
    std::vector<std::int32_t> m_positions;
};

/// Central differences along random directions of some values, against the gradient of them. loss also hands out the
/// routes, which must not flip between the two points.
inline void expect_gradient(std::span<double> values, std::span<const double> gradient,
                            const std::function<double(RouteProbe&)>& loss, const std::string& what)
{
    constexpr double kStep = 1e-5;
    double size = 0;
    for (const double g : gradient) size += g * g;
    EXPECT_GT(size, 0) << what << " has no gradient at all";
    const Doubles saved(values.begin(), values.end());
    for (std::uint64_t direction = 0; direction < 3; ++direction) {
        const Doubles d = random_doubles(static_cast<std::int64_t>(values.size()), 100 + direction);
        double expected = 0;
        for (std::size_t i = 0; i < d.size(); ++i) expected += d[i] * gradient[i];
        RouteProbe up;
        RouteProbe down;
        for (std::size_t i = 0; i < d.size(); ++i) values[i] = saved[i] + kStep * d[i];
        const double above = loss(up);
        for (std::size_t i = 0; i < d.size(); ++i) values[i] = saved[i] - kStep * d[i];
        const double below = loss(down);
        std::copy(saved.begin(), saved.end(), values.begin());
        ASSERT_EQ(up.routes, down.routes) << "a route flipped between the two points, choose another seed";
        EXPECT_NEAR((above - below) / (2 * kStep), expected, 2e-7 * (1 + std::sqrt(size))) << what;
    }
}

/// The gradient of every trained row of a bench.
inline void expect_parameter_gradients(BlockBench& bench, const std::function<double(RouteProbe&)>& loss)
{
    for (const ParamRow& row : bench.params.rows()) {
        if (row.role != ParamRole::Trained) continue;
        const auto count = static_cast<std::size_t>(row.count());
        expect_gradient({bench.params.weights().as<double>() + row.offset, count},
                        {bench.params.gradients().as<double>() + row.offset, count}, loss, row.name);
    }
}

/// Runs a block on x [N, D] and tests its backward against its forward: sum(y * weights) is differenced by x and by
/// every parameter. dx starts at 99 and must be overwritten; parameter gradients start at 1 and must have grown by the
/// gradient.
template <class Part>
void expect_block_gradients(Part& block, const TokenShape& shape, std::int64_t width)
{
    BlockBench bench(block, shape);
    Doubles x = random_doubles(shape.tokens() * width, 1);
    Doubles dy = random_doubles(shape.tokens() * width, 2);
    const auto loss = [&](RouteProbe& routes) {
        Doubles y(x.size(), 99);
        Pass pass = bench.pass(Phase::Train, &routes);
        block.forward(pass, matrix(x, width), matrix(y, width));
        double sum = 0;
        for (std::size_t i = 0; i < y.size(); ++i) sum += y[i] * dy[i];
        return sum;
    };
    RouteProbe routes;
    ASSERT_TRUE(std::isfinite(loss(routes))) << "memory that nobody wrote was read";
    Doubles dx(x.size(), 99);
    const View<1> gradients = bench.params.gradients();
    std::fill_n(gradients.as<double>(), gradients.size(0), 1.0);
    Pass pass = bench.pass(Phase::Train);
    block.backward(pass, matrix(x, width), matrix(dy, width), matrix(dx, width));
    for (std::int64_t i = 0; i < gradients.size(0); ++i) gradients.as<double>()[i] -= 1;
    expect_gradient(x, dx, loss, "x");
    expect_parameter_gradients(bench, loss);
}

/// y of a block.
template <class Part>
Doubles forward(Part& block, BlockBench& bench, Doubles x, std::int64_t width, Phase phase = Phase::Evaluate)
{
    Doubles y(x.size(), 99);
    Pass pass = bench.pass(phase);
    block.forward(pass, matrix(x, width), matrix(y, width));
    return y;
}

} // namespace triptych::test
