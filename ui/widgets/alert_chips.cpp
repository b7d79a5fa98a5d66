// Filling the chips, and the list behind the first.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/alert_chips.h"

#include "ui/language/event_texts.h"
#include "ui/widgets/number_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kLeastHeight = 26;   // px
constexpr int kAbove = 4;          // px above and below a chip's text
constexpr int kGap = 4;            // px between chips
constexpr int kPadding = 7;        // px left and right of a chip's text
constexpr int kPaceInterval = 500; // ms between two looks at the clock
constexpr int kSlow = 15;          // pictures a second
constexpr std::size_t kMostListed = 20;
constexpr int kLongest = 90; // letters of a line in the list

} // namespace

QString alertWords(const RunAlert& alert)
{
    const QString line = alert.text.section(QLatin1Char('\n'), 0, 0);
    const QString step = QStringLiteral("step %1: ").arg(alert.step);
    return eventText(line.startsWith(step) ? line.mid(step.size()) : line);
}

AlertChips::AlertChips(RunFeed& feed, Moment& moment, Selection& selection, const FrameClock& clock, const Theme& theme,
                       QWidget* parent)
    : QWidget(parent), m_feed(feed), m_moment(moment), m_selection(selection), m_clock(clock), m_theme(theme),
      m_alerts(makeChip("alertsChip")), m_slow(makeChip("slowChip")), m_dropped(makeChip("droppedChip")),
      m_back(new QToolButton(this)), m_place(new QStackedWidget(this))
{
    m_back->setObjectName(QStringLiteral("backToLive"));
    m_back->setToolTip(tr("Shows the newest step again (\\)"));
    m_back->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* pair = new QWidget(m_place);
    auto* pairLayout = new QHBoxLayout(pair);
    pairLayout->setContentsMargins(0, 0, 0, 0);
    pairLayout->setSpacing(kGap);
    for (QToolButton* chip : {m_dropped, m_slow}) pairLayout->addWidget(chip);
    m_place->addWidget(pair);
    m_place->addWidget(m_back);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_place);
    layout->addWidget(m_alerts);
    connect(m_back, &QToolButton::clicked, &moment, &Moment::goLive);
    connect(m_alerts, &QToolButton::clicked, this, &AlertChips::openList);
    connect(&feed, &RunFeed::alertsChanged, this, &AlertChips::showAlerts);
    connect(&feed, &RunFeed::droppedSamplesChanged, this, &AlertChips::showDropped);
    connect(&theme, &Theme::changed, this, &AlertChips::refresh);
    m_paceTimer.setInterval(kPaceInterval);
    connect(&m_paceTimer, &QTimer::timeout, this, &AlertChips::showPace);
    m_paceTimer.start();
    fit();
    refresh();
}

QToolButton* AlertChips::makeChip(const char* name)
{
    auto* chip = new QToolButton(this);
    chip->setObjectName(QString::fromLatin1(name));
    return chip;
}

void AlertChips::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) fit();
}

void AlertChips::fit()
{
    const int height = std::max(kLeastHeight, fontMetrics().height() + 2 * kAbove);
    const auto room = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) + 2 * kPadding; };
    m_alerts->setFixedSize(room(tr("! %1 alerts").arg(QStringLiteral("99+"))), height);
    m_slow->setFixedSize(room(tr("15 Hz")), height);
    m_dropped->setFixedSize(room(tr("%1 lost").arg(tr("%1 k").arg(888))), height);
    m_back->setFixedHeight(height);
    const int pair = m_dropped->width() + kGap + m_slow->width();
    m_place->setFixedSize(std::max({room(tr("To the newest")), room(tr("Back to live")), pair}), height);
}

void AlertChips::setHeld(bool held)
{
    m_back->setText(m_feed.isLive() ? tr("Back to live") : tr("To the newest"));
    const QString accent = m_theme.colors().mla.name();
    const QString sheet = QStringLiteral("color: %1; border-color: %1; padding: 2px 4px;").arg(accent);
    if (m_back->styleSheet() != sheet) m_back->setStyleSheet(sheet);
    m_place->setCurrentIndex(held ? 1 : 0);
}

void AlertChips::say(QToolButton& chip, const QString& text, const QString& tip, const QColor& color)
{
    chip.setEnabled(!text.isEmpty());
    if (chip.text() != text) chip.setText(text);
    if (chip.toolTip() != tip) chip.setToolTip(tip);
    const QString sheet = text.isEmpty()
                              ? QStringLiteral("border-color: transparent; padding: 2px 4px;")
                              : QStringLiteral("color: %1; border-color: %1; padding: 2px 4px;").arg(color.name());
    if (chip.styleSheet() != sheet) chip.setStyleSheet(sheet);
}

void AlertChips::refresh()
{
    showAlerts();
    showPace();
    showDropped();
}

void AlertChips::showAlerts()
{
    const auto& alerts = m_feed.alerts();
    const auto unseen = std::count_if(alerts.begin(), alerts.end(), [](const RunAlert& a) { return !a.seen; });
    if (alerts.empty()) return say(*m_alerts, {}, {}, {});
    const int count = static_cast<int>(alerts.size());
    say(*m_alerts,
        count == 1 ? tr("! 1 alert")
                   : tr("! %1 alerts").arg(count > 99 ? QStringLiteral("99+") : QString::number(count)),
        tr("The newest: step %1, %2\nPress for the list; one that is chosen is gone to.")
            .arg(countText(alerts.back().step), alertWords(alerts.back())),
        unseen > 0 ? m_theme.colors().warning : m_theme.colors().muted);
}

void AlertChips::showPace()
{
    const bool slow = m_clock.framesPerSecond() == kSlow;
    say(*m_slow, slow ? tr("15 Hz") : QString(),
        slow ? tr("A picture of all cards takes up to %1 ms, so those without the focus are drawn at 15 a second. "
                  "Fewer cards, or a smaller window, make it quicker; the training does not wait for it.")
                   .arg(fixedText(m_clock.worstFrameMs(), 0))
             : QString(),
        m_theme.colors().muted);
}

void AlertChips::showDropped()
{
    const std::uint64_t dropped = m_feed.droppedSamples();
    const bool hasFolder = m_feed.run() && !m_feed.run()->run_folder.empty();
    say(*m_dropped,
        dropped > 0 ? tr("%1 lost").arg(dropped < 1000 ? QString::number(dropped)
                                                       : tr("%1 k").arg(std::min<std::uint64_t>(dropped / 1000, 999)))
                    : QString(),
        dropped == 0 ? QString()
        : hasFolder
            ? tr("%1 samples came faster than the window took them; they were read again from the run's folder.")
                  .arg(countText(static_cast<std::int64_t>(dropped)))
            : tr("%1 samples came faster than the window took them; this run has no folder to read them from.")
                  .arg(countText(static_cast<std::int64_t>(dropped))),
        m_theme.colors().warning);
}

QMenu* AlertChips::makeList()
{
    if (m_feed.alerts().empty()) return nullptr;
    delete m_list;
    m_list = new QMenu(this);
    m_list->setObjectName(QStringLiteral("alertList"));
    m_list->setAttribute(Qt::WA_DeleteOnClose);
    const auto& alerts = m_feed.alerts();
    const std::size_t listed = std::min(alerts.size(), kMostListed);
    for (std::size_t i = 0; i < listed; ++i) {
        const RunAlert& alert = alerts[alerts.size() - 1 - i];
        QString text = alertWords(alert);
        if (text.size() > kLongest) text = text.left(kLongest - 1) + QChar(0x2026);
        text.replace(QLatin1Char('&'), QLatin1String("&&"));
        m_list->addAction(tr("step %1   %2").arg(countText(alert.step), text), this,
                          [this, step = alert.step, layer = alert.layer] {
                              m_moment.show(step);
                              if (layer >= 0) m_selection.setLayer(layer);
                          });
    }
    if (listed < alerts.size())
        m_list
            ->addAction(
                tr("%1 earlier ones are in the log").arg(countText(static_cast<std::int64_t>(alerts.size() - listed))))
            ->setEnabled(false);
    m_feed.markAlertsSeen();
    return m_list;
}

void AlertChips::openList()
{
    if (QMenu* list = makeList()) list->popup(m_alerts->mapToGlobal(QPoint(0, m_alerts->height() + 2)));
}

} // namespace triptych
