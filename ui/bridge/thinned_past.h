// The older part of a long series, thinned so that it stays bounded: no extreme is lost, and what was counts on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace triptych {

struct Series;

/// Of each piece of equally many steps the first, smallest, largest and last point and one gap stay, at their own
/// steps; pieces are doubled as a run grows. How many points there were, how many of them gaps, and the mean of the
/// finite ones are kept with the last point of a piece.
class ThinnedPast {
public:
    /// What a point that was kept stands for. Both counts are those up to this point, itself included.
    struct Standing {
        std::uint64_t points = 0;
        std::uint64_t gaps = 0;
        double mean = std::numeric_limits<double>::quiet_NaN(); ///< of its piece; not-a-number in front of its end
    };

    /// Points that stayed; a series has them in front of those that were never thinned.
    std::size_t size() const { return m_standing.size(); }
    bool empty() const { return m_standing.empty(); }
    /// Steps of a piece; 1 while nothing was thinned.
    std::int64_t pieceSteps() const { return m_pieceSteps; }
    const std::vector<Standing>& standing() const { return m_standing; }

    /// Of what the first `kept` points of a series stand for, those behind the past for themselves.
    std::uint64_t points(std::size_t kept) const;
    /// Of the first `kept` points of the past.
    std::uint64_t gaps(std::size_t kept) const { return kept == 0 ? 0 : m_standing[kept - 1].gaps; }

    /// Thins the first `cut` points of a series to no more than `mostPieces` pieces.
    void thin(Series& series, std::size_t cut, std::size_t mostPieces);
    /// Points from this one on are gone.
    void truncate(std::size_t kept);

private:
    struct Piece;
    Piece pieceOf(const Series& series, std::size_t begin, std::size_t end) const;

    std::vector<Standing> m_standing;
    std::int64_t m_pieceSteps = 1;
};

} // namespace triptych
