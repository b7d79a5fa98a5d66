// How the report looks in a browser.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace triptych {

/// Style sheet without < and &, so that the page is well-formed XML, too. Figures are drawn in the colours of the
/// light look; in the dark one each of those is replaced by its counterpart.
QString reportStyle();

} // namespace triptych
