// The ways to smooth a curve.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

namespace triptych {

enum class SmoothingKind : std::uint8_t {
    Exponential = 1, ///< what came before, fading; without the bias towards its start
    Gaussian,
    Median,
};

/// "exponential": in saved layouts.
QString smoothingId(SmoothingKind kind);
/// Exponential for an id that is none.
SmoothingKind smoothingFromId(const QString& id);

} // namespace triptych
