// Gives up root's privileges for a while, because to root no folder is read-only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <stdexcept>

namespace triptych::test {

/// While it lives this process acts as "nobody" where it is root's, and as itself otherwise.
class WithoutPrivileges {
public:
    WithoutPrivileges() : m_root(::geteuid() == 0)
    {
        if (m_root && ::seteuid(kNobody) != 0) throw std::runtime_error("cannot become nobody");
    }
    WithoutPrivileges(const WithoutPrivileges&) = delete;
    WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;
    ~WithoutPrivileges()
    {
        if (m_root) (void)!::seteuid(0);
    }

private:
    static constexpr uid_t kNobody = 65534;
    bool m_root;
};

} // namespace triptych::test
