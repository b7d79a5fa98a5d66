// Meetings of lanes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/warp.h"

#include <cstring>

namespace cuda_emulation {

std::string Meeting::arrive(unsigned lane, const char* operation, const void* value, std::size_t bytes)
{
    if ((m_mask >> lane & 1U) == 0) return std::string(operation) + ": the calling lane is not in the mask";
    if (m_arrived == 0)
        m_operation = operation;
    else if (std::strcmp(m_operation, operation) != 0)
        return "divergent warp: " + std::string(operation) + " meets " + m_operation;
    std::memcpy(m_values[m_generation % 2].data() + lane * kValueBytes, value, bytes);
    m_arrived |= 1U << lane;
    return "";
}

Meeting::Outcome Meeting::outcome(std::uint32_t generation) const
{
    return {m_values[generation % 2].data(), m_present[generation % 2]};
}

unsigned Meeting::finish()
{
    m_present[m_generation % 2] = m_arrived;
    ++m_generation;
    const unsigned lanes = m_arrived;
    m_arrived = 0;
    return lanes;
}

Meeting& Warp::meeting(unsigned mask)
{
    for (const auto& meeting : meetings)
        if (meeting->mask() == mask) return *meeting;
    meetings.push_back(std::make_unique<Meeting>(mask));
    return *meetings.back();
}

void Warp::start(unsigned lanes)
{
    exists = lanes == kLanes ? ~0U : (1U << lanes) - 1;
    exited = 0;
    barriers = 0;
    for (const auto& meeting : meetings) meeting->forget();
}

} // namespace cuda_emulation
