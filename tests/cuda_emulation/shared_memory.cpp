// Lays out shared memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/shared_memory.h"

#include "tests/cuda_emulation/memory.h"
#include "tests/cuda_emulation/shadow.h"

#include <cstring>

namespace cuda_emulation {

void SharedMemory::start(std::size_t dynamic_bytes)
{
    shadow::close(memory::start(), m_used);
    m_variables.clear();
    m_used = 0;
    m_static_bytes = 0;
    m_dynamic_bytes = dynamic_bytes;
    open(dynamic_bytes); // first, so that it begins where shared memory does
}

void* SharedMemory::dynamic() const
{
    return memory::start();
}

void* SharedMemory::variable(const void* key, std::size_t bytes)
{
    for (const Variable& variable : m_variables)
        if (variable.key == key) return variable.address;
    m_static_bytes += bytes;
    if (m_static_bytes > kMaxStaticBytes || m_static_bytes + m_dynamic_bytes > kMaxSharedBytes) return nullptr;
    m_variables.push_back({key, open(bytes)});
    return m_variables.back().address;
}

void* SharedMemory::open(std::size_t bytes)
{
    constexpr std::size_t kAlignment = 128;
    char* address = memory::start() + m_used;
    std::memset(address, memory::kUnwritten, bytes);
    shadow::open(address, bytes);
    m_used += (bytes + kAlignment - 1) / kAlignment * kAlignment + memory::kRedzone;
    return address;
}

} // namespace cuda_emulation
