// Asking, waiting, and telling.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/expert_toggle.h"

#include "ui/bridge/ticket.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hands_obstacle.h"
#include "ui/widgets/steady_width.h"

#include <QHBoxLayout>
#include <QToolButton>

namespace triptych {

ExpertToggle::ExpertToggle(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_theme(theme), m_post(std::move(post)), m_button(new QToolButton(this)),
      m_message(new ElidedLabel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_button);
    m_message->setMinimumWidth(1); // the first to go in a narrow wing
    m_button->setObjectName(QStringLiteral("expertToggle"));
    // As wide as its longest text, so that nothing beside it moves.
    const auto width = [this](const QString& text) { return m_button->fontMetrics().horizontalAdvance(text); };
    const QString off = tr("Switch off");
    const QString on = tr("Switch on");
    keepWidth(*m_button, width(off) > width(on) ? off : on, 24);

    connect(m_button, &QToolButton::clicked, this, &ExpertToggle::toggle);
    connect(&feed, &RunFeed::answered, this, &ExpertToggle::takeAnswer);
    connect(&feed, &RunFeed::routingChanged, this, &ExpertToggle::refresh);
    connect(&feed, &RunFeed::stateChanged, this, &ExpertToggle::refresh);
    connect(&feed, &RunFeed::numbersChanged, this, &ExpertToggle::refresh); // a step that is held
    connect(&feed, &RunFeed::runStarted, this, &ExpertToggle::startOver);
    connect(&theme, &Theme::changed, this, &ExpertToggle::refresh);
    refresh();
}

QString ExpertToggle::message() const
{
    return m_message->text();
}

void ExpertToggle::setExpert(std::int64_t layer, std::int64_t expert)
{
    if (layer == m_layer && expert == m_expert) return;
    m_layer = layer;
    m_expert = expert;
    refresh();
}

void ExpertToggle::startOver()
{
    m_requests.clear();
    m_refusal.reset();
    refresh();
}

QString ExpertToggle::obstacle() const
{
    if (m_expert < 0 || m_layer < 0) return tr("Choose an expert in the map first.");
    return handsObstacle(m_feed);
}

const ExpertToggle::Request* ExpertToggle::pending() const
{
    for (const auto& [ticket, request] : m_requests)
        if (request.isOf(m_layer, m_expert)) return &request;
    return nullptr;
}

void ExpertToggle::toggle()
{
    if (!obstacle().isEmpty() || pending()) return;
    const bool off = m_feed.control().is_off(m_layer, m_expert);
    const Request request{m_layer, m_expert, off ? ExpertSwitch::On : ExpertSwitch::Off};
    const Ticket ticket = nextTicket();
    m_requests[ticket] = request;
    m_refusal.reset();
    refresh();
    m_post(command::SwitchExpert{request.layer, request.expert, request.to, ticket});
}

void ExpertToggle::takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint)
{
    const auto found = m_requests.find(ticket);
    if (found == m_requests.end()) return;
    if (!obeyed) m_refusal = Refusal{found->second, what, hint};
    m_requests.erase(found);
    refresh();
}

void ExpertToggle::refresh()
{
    using enum LiveSettingState;
    const bool off = m_feed.control().is_off(m_layer, m_expert);
    const QString inForce = off ? tr("✕ off") : QString();
    m_button->setText(off ? tr("Switch on") : tr("Switch off"));
    const QString help =
        off ? tr("Expert %1 of layer %2 is off: no token is sent to it, and its bias rests. X switches it on again.")
                  .arg(m_expert)
                  .arg(m_layer)
            : tr("Sends no more tokens to the chosen expert, from the next step on; the others take them over.\nX "
                 "does the same. It holds for this run and its checkpoints, and can be taken back.");
    if (const QString why = obstacle(); !why.isEmpty()) return setState(Unavailable, inForce, why);
    if (const Request* request = pending())
        return setState(Requested, request->to == ExpertSwitch::Off ? tr("off requested") : tr("on requested"),
                        tr("The training takes it over before its next step."));
    if (m_refusal && m_refusal->request.isOf(m_layer, m_expert))
        return setState(Rejected, QStringLiteral("✕ ") + m_refusal->what, m_refusal->hint);
    setState(InForce, inForce, help);
}

void ExpertToggle::setState(LiveSettingState state, const QString& message, const QString& hint)
{
    m_state = state;
    const ThemeColors& colors = m_theme.colors();
    m_button->setEnabled(state == LiveSettingState::InForce || state == LiveSettingState::Rejected);
    m_button->setToolTip(hint);
    m_button->setAccessibleName(m_expert < 0
                                    ? m_button->text()
                                    : tr("%1 expert %2 of layer %3").arg(m_button->text()).arg(m_expert).arg(m_layer));
    m_button->setAccessibleDescription(message.isEmpty() ? hint : message);
    m_message->setText(message);
    m_message->setHint(hint);
    m_message->setColor(state == LiveSettingState::Rejected    ? colors.bad
                        : state == LiveSettingState::Requested ? colors.warning
                                                               : colors.muted);
}

} // namespace triptych
