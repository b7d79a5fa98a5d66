// Keeping the blocks that were used last.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/series_blocks.h"

#include <limits>
#include <utility>

namespace triptych {

std::shared_ptr<const SeriesBlock> BlockCache::find(const BlockKey& key)
{
    const std::lock_guard lock(m_mutex);
    const auto place = m_places.find(key);
    if (place == m_places.end()) return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, place->second);
    return place->second->block;
}

void BlockCache::forget(std::list<Entry>::iterator entry)
{
    m_bytes -= cost(*entry);
    m_places.erase(entry->key);
    m_entries.erase(entry);
}

void BlockCache::put(const BlockKey& key, std::shared_ptr<const SeriesBlock> block)
{
    const std::lock_guard lock(m_mutex);
    if (const auto known = m_places.find(key); known != m_places.end()) forget(known->second);
    m_entries.push_front({key, std::move(block)});
    m_places[key] = m_entries.begin();
    m_bytes += cost(m_entries.front());
    while (m_bytes > m_mostBytes) forget(std::prev(m_entries.end()));
}

void BlockCache::drop(std::uint64_t run)
{
    const std::lock_guard lock(m_mutex);
    auto place = m_places.lower_bound({run, 0, -std::numeric_limits<double>::infinity(), 0, 0});
    while (place != m_places.end() && place->first.run == run) forget((place++)->second);
}

std::size_t BlockCache::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

} // namespace triptych
