// What went wrong while work went on, told once for as long as it lasts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error_text.h"
#include "core/util/result.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace triptych {

/// Of so many kinds of work, each of which has its own trouble or none. Whoever shares it between threads locks it.
template <std::size_t Kinds = 1>
class TroubleList {
public:
    /// Told whatever went before.
    void add(std::string trouble) { m_new.push_back(std::move(trouble)); }
    /// How work of this kind went: told where the time before went well or met another trouble.
    void note(const Status& done, std::size_t kind = 0) { note(done ? std::string() : in_words(done.error()), kind); }
    /// Likewise in words; empty: it went well.
    void note(std::string trouble, std::size_t kind = 0)
    {
        if (!trouble.empty() && trouble != m_last.at(kind)) m_new.push_back(trouble);
        m_last.at(kind) = std::move(trouble);
    }
    /// What was told since the last call.
    std::vector<std::string> take() { return std::exchange(m_new, {}); }

private:
    std::vector<std::string> m_new;
    std::array<std::string, Kinds> m_last;
};

} // namespace triptych
