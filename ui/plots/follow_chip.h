// Says whether plots follow the run, and brings them back to it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QToolButton>

namespace triptych {

class StepView;

/// "Live" while the view follows, pressing it holds the picture; "Jump to live" in the accent otherwise. Its width
/// never changes.
class FollowChip : public QToolButton {
    Q_OBJECT

public:
    FollowChip(const Theme& theme, StepView& view, QWidget* parent = nullptr);

    QSize sizeHint() const override;

private:
    void refresh();

    const Theme& m_theme;
    StepView& m_view;
};

} // namespace triptych
