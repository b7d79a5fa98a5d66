// A stack of its own on which CUDA threads run one after another: a fiber that is kept and used again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/context/fiber.hpp>

#include <memory>
#include <vector>

namespace cuda_emulation {

/// The scheduler calls enter(); the work calls leave() to give way and goes on there at the next enter().
class Carrier {
public:
    using Work = void (*)(void*);

    Carrier();
    Carrier(const Carrier&) = delete;
    Carrier& operator=(const Carrier&) = delete;

    /// What the next enter() begins. Work must end, or leave(), without an exception.
    void assign(Work work, void* argument);
    void enter();
    void leave();

private:
    void run_for_ever();

    boost::context::fiber m_fiber;     ///< while the scheduler runs
    boost::context::fiber m_scheduler; ///< while the fiber runs
    Work m_work = nullptr;
    void* m_argument = nullptr;
};

/// Carriers that have nothing to do. The last one back is the first one out: its stack is warm.
class CarrierPool {
public:
    Carrier* take();
    void give_back(Carrier* carrier) { m_idle.push_back(carrier); }
    /// For a carrier in the middle of work that cannot be unwound: never used again, never freed.
    void lose(Carrier* carrier);

private:
    std::vector<std::unique_ptr<Carrier>> m_all;
    std::vector<Carrier*> m_idle;
};

} // namespace cuda_emulation
