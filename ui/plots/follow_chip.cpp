// The chip's two states.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/follow_chip.h"

#include <algorithm>

namespace triptych {

FollowChip::FollowChip(const Theme& theme, StepView& view, QWidget* parent)
    : QToolButton(parent), m_theme(theme), m_view(&view)
{
    setObjectName(QStringLiteral("followChip"));
    connect(this, &QToolButton::clicked, this, [this] {
        if (m_view) m_view->isFollowing() ? m_view->stopFollowing() : m_view->follow();
    });
    connect(&view, &StepView::followingChanged, this, &FollowChip::refresh);
    connect(&view, &StepView::growingChanged, this, &FollowChip::refresh);
    connect(&theme, &Theme::changed, this, &FollowChip::refresh);
    refresh();
}

QSize FollowChip::sizeHint() const
{
    const auto wide = [this](const QString& text) { return fontMetrics().horizontalAdvance(text); };
    const QSize size = QToolButton::sizeHint();
    const int widest = std::max(wide(tr("Jump to live")), wide(tr("Jump to the end")));
    return {size.width() + std::max(0, widest - wide(text())), size.height()};
}

void FollowChip::refresh()
{
    const bool following = !m_view || m_view->isFollowing();
    if (isGrowing()) {
        setText(following ? tr("● Live") : tr("Jump to live"));
        setToolTip(following ? tr("The curves follow the newest step. Press to hold the picture (F).")
                             : tr("The picture is held where you put it. Press to follow the newest step again (F)."));
    } else {
        setText(following ? tr("At the end") : tr("Jump to the end"));
        setToolTip(following
                       ? tr("The run is not training; the curves show its last step. They follow when it goes on.")
                       : tr("The picture is held where you put it. Press to see the last step again (F)."));
    }
    const QColor accent = m_theme.colors().mla;
    setStyleSheet(following ? QString() : QStringLiteral("color: %1; border-color: %1;").arg(accent.name()));
}

} // namespace triptych
