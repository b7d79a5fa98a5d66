// Shared memory of the block that runs: what the launch asked for, then the kernel's own variables, with redzones
// between.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace cuda_emulation {

/// What a block may have on Hopper.
inline constexpr std::size_t kMaxSharedBytes = std::size_t{227} << 10;
inline constexpr std::size_t kMaxStaticBytes = std::size_t{48} << 10;

class SharedMemory {
public:
    /// A new block: everything is unwritten again.
    void start(std::size_t dynamic_bytes);
    void* dynamic() const;
    /// The variable that a SHARED() stands for, told apart by its key; null when there is no room for it.
    void* variable(const void* key, std::size_t bytes);

private:
    void* open(std::size_t bytes);

    struct Variable {
        const void* key;
        void* address;
    };
    std::vector<Variable> m_variables;
    std::size_t m_used = 0; ///< with redzones
    std::size_t m_dynamic_bytes = 0;
    std::size_t m_static_bytes = 0;
};

} // namespace cuda_emulation
