// Asking, waiting, and telling.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/routing_hands.h"

#include "ui/bridge/ticket.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hands_obstacle.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace triptych {

namespace {

std::int64_t countOff(const RoutingControl& control)
{
    std::int64_t count = 0;
    for (const auto& [layer, experts] : control.off) count += static_cast<std::int64_t>(experts.size());
    return count;
}

} // namespace

RoutingHands::RoutingHands(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_theme(theme), m_post(std::move(post)), m_force(new QToolButton(this)),
      m_clear(new QToolButton(this)), m_message(new ElidedLabel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_force);
    layout->addWidget(m_clear);
    layout->addWidget(m_message, 1);
    m_force->setObjectName(QStringLiteral("forceBalance"));
    m_force->setCheckable(true);
    m_force->setText(tr("Force balance"));
    m_force->setAccessibleName(m_force->text());
    m_clear->setObjectName(QStringLiteral("clearRouting"));
    m_clear->setText(tr("Take everything back"));
    m_clear->setAccessibleName(m_clear->text());
    m_message->setObjectName(QStringLiteral("routingMessage"));

    connect(m_force, &QToolButton::clicked, this, [this](bool forced) {
        const Ticket ticket = nextTicket();
        ask(command::SetBalancing{forced ? Balancing::Forced : Balancing::Learned, ticket}, ticket,
            forced ? tr("forced balance requested") : tr("learned balance requested"));
    });
    connect(m_clear, &QToolButton::clicked, this, [this] {
        const Ticket ticket = nextTicket();
        ask(command::ClearRouting{ticket}, ticket, tr("all back requested"));
    });
    connect(&feed, &RunFeed::answered, this, &RoutingHands::takeAnswer);
    connect(&feed, &RunFeed::routingChanged, this, &RoutingHands::refresh);
    connect(&feed, &RunFeed::stateChanged, this, &RoutingHands::refresh);
    connect(&feed, &RunFeed::numbersChanged, this, &RoutingHands::refresh); // a step that is held
    connect(&feed, &RunFeed::runStarted, this, &RoutingHands::startOver);
    connect(&theme, &Theme::changed, this, &RoutingHands::refresh);
    refresh();
}

QString RoutingHands::message() const
{
    return m_message->text();
}

void RoutingHands::ask(Command command, Ticket ticket, const QString& words)
{
    m_ticket = ticket;
    m_asked = words;
    m_refusal.clear();
    refresh();
    m_post(std::move(command));
}

void RoutingHands::takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint)
{
    if (m_ticket == 0 || ticket != m_ticket) return;
    m_ticket = 0;
    m_refusal = obeyed ? QString() : what;
    m_refusalHint = hint;
    refresh();
}

void RoutingHands::startOver()
{
    m_ticket = 0;
    m_refusal.clear();
    refresh();
}

void RoutingHands::refresh()
{
    using enum LiveSettingState;
    const RoutingControl& control = m_feed.control();
    const std::int64_t off = countOff(control);
    const bool forced = control.balancing == Balancing::Forced;
    m_force->setChecked(forced); // what was asked for is not in force yet
    const QString inForce = forced && off > 0 ? tr("forced, %1 off").arg(countText(off))
                            : forced          ? tr("forced")
                            : off > 0         ? tr("%1 off").arg(countText(off))
                                              : tr("learned, all on");
    if (const QString why = handsObstacle(m_feed); !why.isEmpty()) return setState(Unavailable, inForce, why);
    if (m_ticket != 0) return setState(Requested, m_asked, tr("The training takes it over before its next step."));
    if (!m_refusal.isEmpty()) return setState(Rejected, QStringLiteral("✕ ") + m_refusal, m_refusalHint);
    setState(InForce, inForce, {});
}

void RoutingHands::setState(LiveSettingState state, const QString& message, const QString& hint)
{
    using enum LiveSettingState;
    m_state = state;
    const ThemeColors& colors = m_theme.colors();
    const bool ready = state == InForce || state == Rejected;
    m_force->setEnabled(ready);
    m_clear->setEnabled(ready && !m_feed.control().elects_all());
    const QString reason = hint.isEmpty() ? QString() : QLatin1Char('\n') + hint;
    m_force->setToolTip(tr("Deals the experts out in turn, whatever the gate says; weights stay the model's own. Shows "
                           "what perfect balance is worth.") +
                        reason);
    m_clear->setToolTip(tr("All experts on, balance learned. Biases and active experts stay as they are.") + reason);
    for (QToolButton* button : {m_force, m_clear}) button->setAccessibleDescription(message);
    m_message->setText(message);
    m_message->setHint(hint);
    m_message->setColor(state == Rejected ? colors.bad : state == Requested ? colors.warning : colors.muted);
}

} // namespace triptych
