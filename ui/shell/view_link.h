// What a window shows, as a line that can be sent to somebody: "step=620&layer=3&expert=9&layout=Compare&axis=tokens".
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/curve_link.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace triptych {

/// What is not given stays as it is.
struct ViewLink {
    std::optional<std::int64_t> step, layer, expert, head, token;
    QString layout;
    CurveLink curves = {};
    bool operator==(const ViewLink&) const = default;
};

/// Parts in this order, layout names with what a line cannot hold written as %20.
QString toText(const ViewLink& link);
/// Errors: a part that is none, one that is there twice, a number that is none or negative, an expert without a layer,
/// and what takePart() refuses.
Result<ViewLink> viewLinkFromText(const QString& text);

} // namespace triptych
