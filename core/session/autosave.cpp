// Removing what is no longer the newest.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/autosave.h"

namespace triptych {

void Autosave::kept(const std::filesystem::path& checkpoint)
{
    m_last = Clock::now();
    std::erase(m_saved, checkpoint); // of the same step
}

void Autosave::saved(const std::filesystem::path& checkpoint)
{
    m_last = Clock::now();
    m_saved.push_back(checkpoint);
    std::error_code ignored; // what stays is a checkpoint too many
    for (; m_saved.size() > kMost; m_saved.erase(m_saved.begin()))
        std::filesystem::remove_all(m_saved.front(), ignored);
}

void Autosave::clear()
{
    std::error_code ignored;
    for (const auto& checkpoint : m_saved) std::filesystem::remove_all(checkpoint, ignored);
    m_saved.clear();
}

} // namespace triptych
