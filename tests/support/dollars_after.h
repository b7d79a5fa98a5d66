// Whatever money a test shows, the next one shows dollars.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/shown_currency.h"

namespace triptych::test {

struct DollarsAfter {
    DollarsAfter() = default;
    DollarsAfter(const DollarsAfter&) = delete;
    DollarsAfter& operator=(const DollarsAfter&) = delete;
    ~DollarsAfter() { static_cast<void>(ShownCurrency::get().choose({}).ok()); }
};

} // namespace triptych::test
