// A panel whose curves hear keys as one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

class CurveHands {
public:
    virtual ~CurveHands() = default;
    /// A Qt::Key that curves have, pressed elsewhere in the window; whether it was for them.
    virtual bool hear(int key) = 0;
};

} // namespace triptych
