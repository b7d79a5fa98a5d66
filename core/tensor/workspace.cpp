// The memory plan: bump allocation of kept slots, a stack of scratch slots.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/workspace.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::size_t kAlignment = 64; // a cache line, the widest vector
/// Sizes beyond this count as this: no machine has it, and sums of a plan's rows stay far from overflow.
constexpr std::size_t kLargest = std::size_t{1} << 60;

std::size_t aligned(std::size_t bytes)
{
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

std::size_t times(std::size_t a, std::size_t b)
{
    std::size_t product = 0;
    return __builtin_mul_overflow(a, b, &product) ? kLargest : std::min(product, kLargest);
}

} // namespace

Planner::Scope::Scope(Planner& planner, const std::string& name)
    : m_planner(planner), m_prefix(planner.m_prefix.size()), m_top(planner.m_top)
{
    planner.m_prefix += (planner.m_prefix.empty() ? "" : ".") + name;
}

Planner::Scope::~Scope()
{
    m_planner.m_prefix.resize(m_prefix);
    m_planner.m_top = m_top;
}

std::size_t Planner::take(const std::string& name, DType dtype, std::vector<std::int64_t> shape, Lifetime lifetime)
{
    std::size_t bytes = size_of(dtype);
    for (auto s : shape) bytes = times(bytes, static_cast<std::size_t>(s));
    std::size_t& end = lifetime == Lifetime::Kept ? m_kept : lifetime == Lifetime::Layer ? m_layer_top : m_top;
    const std::size_t offset = end;
    end = std::min(end + aligned(bytes), kLargest);
    m_peak = std::max(m_peak, m_top);
    m_layer_peak = std::max(m_layer_peak, m_layer_top);
    m_rows.push_back({m_prefix.empty() ? name : m_prefix + "." + name, std::move(shape), dtype, bytes, lifetime, offset});
    return offset;
}

Workspace::Workspace(Device device, const Planner& plan)
    : m_buffer(device, plan.bytes()), m_kept(plan.kept_bytes()),
      m_scratch(plan.kept_bytes() + plan.layer_bytes())
{
}

} // namespace triptych
