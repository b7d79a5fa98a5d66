// The chip beside the line of time, and the keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/scrubber.h"

#include "ui/widgets/number_text.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kRow = 28;  // px
constexpr int kMany = 10; // frames, with Shift

} // namespace

Scrubber::Scrubber(const RunFeed& feed, Moment& moment, const HistoryFeed& history, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_moment(moment), m_theme(theme),
      m_line(new TimeLine(feed, moment, history, theme, this)), m_chip(new QToolButton(this))
{
    setObjectName(QStringLiteral("scrubber"));
    setFixedHeight(kRow);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_chip);
    m_chip->setObjectName(QStringLiteral("liveChip"));
    m_chip->setFixedHeight(kRow - 2);

    // A layout of keys has the brace where another one has the bracket with Shift.
    m_actions = {
        makeAction("frameBack", tr("One frame back"), {Qt::Key_BracketLeft}),
        makeAction("frameOn", tr("One frame on"), {Qt::Key_BracketRight}),
        makeAction("framesBack", tr("Ten frames back"),
                   {Qt::Key_BraceLeft, Qt::SHIFT | Qt::Key_BraceLeft, Qt::SHIFT | Qt::Key_BracketLeft}),
        makeAction("framesOn", tr("Ten frames on"),
                   {Qt::Key_BraceRight, Qt::SHIFT | Qt::Key_BraceRight, Qt::SHIFT | Qt::Key_BracketRight}),
        makeAction("goLive", tr("Back to the newest step"), {Qt::Key_Backslash}),
    };
    const int frames[] = {-1, 1, -kMany, kMany};
    for (int i = 0; i < 4; ++i)
        connect(m_actions[i], &QAction::triggered, this, [this, by = frames[i]] { m_moment.move(by); });
    connect(m_actions.back(), &QAction::triggered, &m_moment, &Moment::goLive);
    connect(m_chip, &QToolButton::clicked, &m_moment, &Moment::goLive);

    connect(&moment, &Moment::changed, this, &Scrubber::refresh);
    connect(&feed, &RunFeed::stateChanged, this, &Scrubber::refresh);
    connect(&feed, &RunFeed::numbersChanged, this, &Scrubber::refresh);
    connect(&feed, &RunFeed::runStarted, this, &Scrubber::refresh);
    connect(&theme, &Theme::changed, this, &Scrubber::refresh);
    refresh();
}

QAction* Scrubber::makeAction(const char* name, const QString& text, const QList<QKeySequence>& keys)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcuts(keys);
    addAction(action);
    return action;
}

void Scrubber::refresh()
{
    // As wide as the longest of its texts, and never narrower than it was: nothing beside it moves.
    const QString newest = m_feed.isLive() ? tr("● Live") : tr("● Newest");
    const QString widest = tr("○ step %1").arg(countText(std::max<std::int64_t>(m_line->lastStep(), 99'999)));
    const int width =
        std::max(fontMetrics().horizontalAdvance(widest), fontMetrics().horizontalAdvance(tr("● Newest")));
    if (width + 26 > m_chipWidth) {
        m_chipWidth = width + 26;
        m_chip->setFixedWidth(m_chipWidth);
    }
    const bool held = !m_moment.isLive();
    const QString text = held ? tr("○ step %1").arg(countText(*m_moment.step())) : newest;
    if (text != m_chip->text()) m_chip->setText(text);
    const QString tip =
        held ? (m_feed.isLive() ? tr("The window shows this step; the training goes on. Press to see the "
                                     "newest step again (\\).")
                                : tr("The window shows this step. Press to see the newest one again (\\)."))
             : (m_feed.isLive() ? tr("The window shows the newest step. Drag the knob, or press [ and ], to "
                                     "look back.")
                                : tr("The run is not training; the window shows its last step. Drag the "
                                     "knob, or press [ and ], to look back."));
    if (tip != m_chip->toolTip()) m_chip->setToolTip(tip);
    const QString sheet =
        held ? QStringLiteral("color: %1; border: 1px dashed %1;").arg(m_theme.colors().mla.name()) : QString();
    if (sheet != m_chip->styleSheet()) m_chip->setStyleSheet(sheet);
    m_chip->setEnabled(m_feed.run() != nullptr);
}

} // namespace triptych
