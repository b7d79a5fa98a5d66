// Fibers by Boost.Context, with a guard page below each stack.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/carrier.h"

#include <boost/context/protected_fixedsize_stack.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace cuda_emulation {
namespace {

constexpr std::size_t kStackBytes = std::size_t{128} << 10;

} // namespace

Carrier::Carrier()
    : m_fiber(std::allocator_arg, boost::context::protected_fixedsize_stack(kStackBytes),
              [this](boost::context::fiber&& scheduler) {
                  m_scheduler = std::move(scheduler);
                  run_for_ever();
                  return std::move(m_scheduler);
              })
{}

void Carrier::run_for_ever()
{
    // Left by the exception that the fiber's destructor throws into it.
    for (;;) {
        m_work(m_argument);
        leave();
    }
}

void Carrier::assign(Work work, void* argument)
{
    m_work = work;
    m_argument = argument;
}

void Carrier::enter()
{
    m_fiber = std::move(m_fiber).resume();
}

void Carrier::leave()
{
    m_scheduler = std::move(m_scheduler).resume();
}

Carrier* CarrierPool::take()
{
    if (m_idle.empty()) {
        m_all.push_back(std::make_unique<Carrier>());
        return m_all.back().get();
    }
    Carrier* carrier = m_idle.back();
    m_idle.pop_back();
    return carrier;
}

void CarrierPool::lose(Carrier* carrier)
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const auto& own) { return own.get() == carrier; });
    static_cast<void>(found->release());
    m_all.erase(found);
}

} // namespace cuda_emulation
