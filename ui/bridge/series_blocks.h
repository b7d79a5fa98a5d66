// Pieces of series that lie in files, as many as a bounded memory holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_bucket.h"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace triptych {

/// Which piece: of one column of a run, as it is or smoothed.
struct BlockKey {
    std::uint64_t run = 0; ///< a number of its own for each generation of each opened run
    std::size_t column = 0;
    double weight = 0;      ///< of the smoothing; 0: none
    std::int64_t size = 1;  ///< steps of a bucket; 1: values
    std::int64_t index = 0; ///< of the block among those of this size
    auto operator<=>(const BlockKey&) const = default;
};

/// 256 values, or 64 buckets; fewer where the run ended.
struct SeriesBlock {
    static constexpr std::int64_t kValues = 256;
    static constexpr std::int64_t kBuckets = 64;

    std::int64_t rows = 0; ///< of the run, when this was read
    std::vector<double> values;
    std::vector<Bucket> buckets;

    static constexpr std::int64_t steps(std::int64_t size) { return size == 1 ? kValues : kBuckets * size; }
    std::size_t bytes() const
    {
        return sizeof(SeriesBlock) + values.size() * sizeof(double) + buckets.size() * sizeof(Bucket);
    }
};

/// The least recently used go first. For any number of threads; the lock is held for a look-up.
class BlockCache {
public:
    explicit BlockCache(std::size_t mostBytes = kMostBytes) : m_mostBytes(mostBytes) {}

    /// Null: not here.
    std::shared_ptr<const SeriesBlock> find(const BlockKey& key);
    void put(const BlockKey& key, std::shared_ptr<const SeriesBlock> block);
    /// What will not be asked for any more.
    void drop(std::uint64_t run);

    std::size_t bytes() const;
    std::size_t mostBytes() const { return m_mostBytes; }

    static constexpr std::size_t kMostBytes = std::size_t{64} << 20;

private:
    struct Entry {
        BlockKey key;
        std::shared_ptr<const SeriesBlock> block;
    };
    /// With what it takes to keep one.
    static std::size_t cost(const Entry& entry) { return entry.block->bytes() + 2 * sizeof(Entry) + 8 * sizeof(void*); }
    void forget(std::list<Entry>::iterator entry);

    const std::size_t m_mostBytes;
    mutable std::mutex m_mutex;
    std::list<Entry> m_entries; ///< the last used first
    std::map<BlockKey, std::list<Entry>::iterator> m_places;
    std::size_t m_bytes = 0;
};

} // namespace triptych
