// What the documentation promises of the window, against what was measured.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace triptych::bench {

enum class Bound : std::uint8_t { AtMost = 1, AtLeast };

class Promises {
public:
    void add(const std::string& what, double measured, Bound bound, double limit, const std::string& unit)
    {
        m_all.push_back({what, measured, bound, limit, unit, true});
    }
    /// A promise that could not be looked at counts as broken.
    void addUnmeasured(const std::string& what, const std::string& why)
    {
        m_all.push_back({what, 0, {}, 0, why, false});
    }

    /// A line for each; how many are broken.
    int tell() const
    {
        int broken = 0;
        for (const Promise& p : m_all) {
            const bool kept = p.known && (p.bound == Bound::AtMost ? p.measured <= p.limit : p.measured >= p.limit);
            broken += kept ? 0 : 1;
            if (p.known)
                std::printf("%-8s%-52s %8.4g %s (promised: %s %g)\n", kept ? "kept" : "BROKEN", p.what.c_str(),
                            p.measured, p.unit.c_str(), p.bound == Bound::AtMost ? "at most" : "at least", p.limit);
            else
                std::printf("%-8s%-52s not measured: %s\n", "BROKEN", p.what.c_str(), p.unit.c_str());
        }
        std::printf("%d of %zu promises kept\n", static_cast<int>(m_all.size()) - broken, m_all.size());
        return broken;
    }

private:
    struct Promise {
        std::string what;
        double measured = 0;
        Bound bound = Bound::AtMost;
        double limit = 0;
        std::string unit;
        bool known = true;
    };
    std::vector<Promise> m_all;
};

} // namespace triptych::bench
