// Says whether plots follow the run, and brings them back to it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/step_view.h"
#include "ui/theme/theme.h"

#include <QPointer>
#include <QToolButton>

namespace triptych {

/// "Live" while the view follows a run that goes on, pressing it holds the picture; "Jump to live" in the accent
/// otherwise. Of a run that has ended: "At the end" and "Jump to the end". Its width never changes.
class FollowChip : public QToolButton {
    Q_OBJECT

public:
    FollowChip(const Theme& theme, StepView& view, QWidget* parent = nullptr);

    QSize sizeHint() const override;

private:
    void refresh();
    bool isGrowing() const { return !m_view || m_view->isGrowing(); }

    const Theme& m_theme;
    QPointer<StepView> m_view; ///< a card may keep the chip longer than the plots
};

} // namespace triptych
