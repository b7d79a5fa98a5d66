// What one card of curves shows, as a value that can be saved.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/value_range.h"
#include "ui/widgets/series_catalog.h"

#include <QVariantMap>

#include <optional>
#include <vector>

namespace triptych {

/// More than these nobody can tell apart in one card, or find again.
inline constexpr std::size_t kMostSeriesOfCard = 8;
inline constexpr std::size_t kMostCards = 40;
inline constexpr double kMostSmoothing = 0.999;

struct CardSpec {
    std::vector<SeriesKey> series;        ///< the first names the card
    std::optional<double> smoothing = {}; ///< its own; nothing: that of all cards
    ValueScale scale = ValueScale::Linear;
    bool operator==(const CardSpec&) const = default;
};

/// Loss, throughput and money.
std::vector<CardSpec> firstCards();

QVariantMap toVariant(const CardSpec& spec);
/// Takes anything; nothing where no series is left that this version knows.
std::optional<CardSpec> cardSpecOf(const QVariant& saved);

} // namespace triptych
