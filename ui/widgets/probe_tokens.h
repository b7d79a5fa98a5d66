// Which tokens of the probe text an expert gets.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <QString>

#include <optional>

namespace triptych {

struct ExpertTokens {
    std::int64_t count = 0; ///< tokens that choose the expert
    std::int64_t of = 0;    ///< all of the text
    QString text;           ///< "e ×4, h ×2, t": the most frequent first, then as in the text
};

/// layer: as in tensor names. Nothing where the frame has no routes of the layer.
std::optional<ExpertTokens> tokensOfExpert(const ProbeFrame& frame, std::int64_t layer, std::int64_t expert);

} // namespace triptych
