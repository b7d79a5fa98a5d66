// From the hand to the model's bias, and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bias_editor.h"

#include "ui/bridge/ticket.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/hands_obstacle.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/steady_width.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

/// Which way the controller moves each bias after this step: by the tokens of the step where they are known, else by
/// the smoothed load.
std::vector<BiasPush> pushesOf(const LoadFrame& frame, std::size_t row)
{
    const LayerLoad& load = frame.layers[row];
    std::vector<double> tokens(load.counts.begin(), load.counts.end());
    if (tokens.empty()) tokens.assign(frame.ratio[row].begin(), frame.ratio[row].end());
    double sum = 0;
    double on = 0;
    for (std::size_t e = 0; e < tokens.size(); ++e) {
        if (frame.control.is_off(load.layer, static_cast<std::int64_t>(e))) continue;
        sum += tokens[e];
        ++on;
    }
    const double mean = sum / std::max(on, 1.0);
    std::vector<BiasPush> pushes;
    for (const double n : tokens)
        pushes.push_back(n < mean ? BiasPush::Up : n > mean ? BiasPush::Down : BiasPush::None);
    return pushes;
}

} // namespace

BiasEditor::BiasEditor(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_theme(theme), m_post(std::move(post)), m_strip(new BiasStrip(theme, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_strip, 1);
    layout->addWidget(makeRow());
    m_strip->setObjectName(QStringLiteral("biasStrip"));
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrame);

    connect(m_strip, &BiasStrip::expertChosen, this, &BiasEditor::expertChosen);
    connect(m_strip, &BiasStrip::dragged, this, &BiasEditor::drag);
    connect(m_strip, &BiasStrip::dropped, this, &BiasEditor::drop);
    connect(&m_frame, &QTimer::timeout, this, &BiasEditor::sendPending);
    connect(m_field, &QLineEdit::textEdited, this, &BiasEditor::edited);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { request(m_field->text()); });
    connect(m_zero, &QToolButton::clicked, this, [this] { request(QStringLiteral("0")); });
    connect(&feed, &RunFeed::answered, this, &BiasEditor::takeAnswer);
    connect(&feed, &RunFeed::stateChanged, this, &BiasEditor::refresh);
    connect(&feed, &RunFeed::numbersChanged, this, &BiasEditor::refresh); // a step that is held
    connect(&feed, &RunFeed::runStarted, this, &BiasEditor::startOver);
    connect(&theme, &Theme::changed, this, &BiasEditor::refresh);
    refresh();
}

QWidget* BiasEditor::makeRow()
{
    auto* row = new QWidget(this);
    m_row = new QHBoxLayout(row);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(6);
    m_caption = new QLabel(row);
    m_field = new QLineEdit(row);
    m_field->setObjectName(QStringLiteral("bias"));
    m_field->installEventFilter(this);
    m_zero = new QToolButton(row);
    m_zero->setObjectName(QStringLiteral("biasZero"));
    m_zero->setText(QStringLiteral("0"));
    m_message = new ElidedLabel(row);
    m_message->setObjectName(QStringLiteral("biasMessage"));
    m_message->setMinimumWidth(1); // the first to go in a narrow wing
    // As wide as their longest texts, so that nothing beside them moves.
    m_caption->setMinimumWidth(m_caption->fontMetrics().horizontalAdvance(tr("Bias e%1").arg(255)) + 2);
    keepWidth(*m_field, QStringLiteral("-0.00000"), 24);
    m_caption->setBuddy(m_field);
    m_row->addWidget(m_caption);
    m_row->addWidget(m_field);
    m_row->addWidget(m_zero);
    m_row->addWidget(m_message, 1);
    return row;
}

void BiasEditor::addToRow(QWidget* widget)
{
    m_row->addWidget(widget, 1);
}

QString BiasEditor::message() const
{
    return m_message->text();
}

void BiasEditor::setFrame(const LoadFrame& frame, std::size_t row)
{
    const LayerLoad& load = frame.layers[row];
    if (load.layer != m_layer) m_editing = false;
    m_layer = load.layer;
    m_step = frame.step;
    const bool moves = m_feed.setting("bias_update_speed").value_or(1) > 0;
    m_strip->setData(load.bias, moves ? pushesOf(frame, row) : std::vector<BiasPush>());
    for (QWidget* part : std::initializer_list<QWidget*>{m_strip, m_caption, m_field, m_zero})
        part->setVisible(!load.bias.empty());
    const auto off = frame.control.off_in(load.layer);
    m_strip->setOff({off.begin(), off.end()});
    refresh();
}

void BiasEditor::setExperts(std::vector<int> experts)
{
    if (experts == m_experts) return;
    if (experts.empty() || m_experts.empty() || experts.front() != m_experts.front()) m_editing = false;
    m_experts = std::move(experts);
    m_strip->setSelected(m_experts);
    refresh();
}

void BiasEditor::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void BiasEditor::startOver()
{
    m_requests.clear();
    m_pending.reset();
    m_refusal.reset();
    m_editing = false;
    refresh();
}

QString BiasEditor::obstacle() const
{
    if (m_strip->bias().empty() && m_layer >= 0) return tr("The router of this model has no bias.");
    return handsObstacle(m_feed);
}

std::optional<double> BiasEditor::parse(const QString& text) const
{
    bool ok = false;
    const QString plain = QString(text).replace(QChar(0x2212), QLatin1Char('-'));
    double value = QLocale::c().toDouble(plain, &ok);
    if (!ok) value = QLocale().toDouble(plain, &ok);
    return ok && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

void BiasEditor::request(const QString& text)
{
    if (m_experts.empty() || !obstacle().isEmpty()) return;
    const auto bias = parse(text);
    m_editing = false;
    if (bias) return send({m_layer, m_experts.front(), *bias});
    m_refusal = Refusal{{m_layer, m_experts.front(), 0}, tr("“%1” is no number").arg(text), tr("0.05 for instance.")};
    m_editing = true; // the text stays to be mended
    refresh();
}

void BiasEditor::drag(int expert, double bias)
{
    if (!obstacle().isEmpty()) return;
    m_pending = Request{m_layer, expert, bias};
    m_editing = false;
    if (!m_frame.isActive() && m_requests.empty()) sendPending();
    refresh();
}

void BiasEditor::drop(int expert, double bias)
{
    m_pending.reset();
    if (obstacle().isEmpty()) send({m_layer, expert, bias});
}

void BiasEditor::sendPending()
{
    if (!m_pending || !m_requests.empty()) return;
    const Request request = *m_pending;
    m_pending.reset();
    m_frame.start();
    send(request);
}

void BiasEditor::send(const Request& request)
{
    const Ticket ticket = nextTicket();
    m_requests[ticket] = request;
    m_refusal.reset();
    refresh();
    m_post(command::SetExpertBias{request.layer, request.expert, request.bias, ticket});
}

void BiasEditor::takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint)
{
    const auto found = m_requests.find(ticket);
    if (found == m_requests.end()) return;
    const Request request = found->second;
    m_requests.erase(found);
    if (!obeyed)
        m_refusal = Refusal{request, what, hint};
    else if (request.layer == m_layer && !m_feed.isHeld())
        m_strip->setBias(request.expert, request.bias); // the next frame has it, and a step of the controller
    if (!m_frame.isActive()) sendPending();
    refresh();
}

std::optional<double> BiasEditor::inForce(int expert) const
{
    const auto e = static_cast<std::size_t>(expert);
    if (e >= m_strip->bias().size()) return std::nullopt;
    return static_cast<double>(m_strip->bias()[e]);
}

const BiasEditor::Request* BiasEditor::newestOf(int expert) const
{
    if (m_pending && m_pending->layer == m_layer && m_pending->expert == expert) return &*m_pending;
    for (auto entry = m_requests.rbegin(); entry != m_requests.rend(); ++entry)
        if (entry->second.layer == m_layer && entry->second.expert == expert) return &entry->second;
    return nullptr;
}

void BiasEditor::showRequests()
{
    std::map<int, double> requested;
    for (const auto& [ticket, request] : m_requests)
        if (request.layer == m_layer) requested[request.expert] = request.bias;
    if (m_pending && m_pending->layer == m_layer) requested[m_pending->expert] = m_pending->bias;
    m_strip->setRequested(std::move(requested));
}

void BiasEditor::refresh()
{
    using enum LiveSettingState;
    const QString why = obstacle();
    m_strip->setMovable(why.isEmpty());
    m_strip->setToolTip(why.isEmpty() ? tr("Drag a dot up or down to give the expert another bias; the controller goes "
                                           "on from there.\nγ × sign(mean load − load) is added after every step "
                                           "(DeepSeek-V3 report, section 2.1.2).")
                                      : why);
    showRequests();
    const int expert = m_experts.empty() ? -1 : m_experts.front();
    const auto bias = expert < 0 ? std::nullopt : inForce(expert);
    m_caption->setText(expert < 0 ? tr("Bias") : tr("Bias e%1").arg(expert));
    m_field->setAccessibleName(expert < 0 ? tr("Bias of the chosen expert")
                                          : tr("Bias of expert %1 of layer %2").arg(expert).arg(m_layer));
    m_zero->setAccessibleName(tr("Bias 0"));
    m_zero->setToolTip(tr("Gives the chosen expert a bias of 0."));
    if (!bias) m_field->clear();
    if (!bias && why.isEmpty())
        return setState(Unavailable, tr("choose an expert"),
                        tr("Choose an expert: by a click on its dot, or by arrows."));
    const Request* asked = bias ? newestOf(expert) : nullptr;
    const bool refused = m_refusal && m_refusal->request.layer == m_layer && m_refusal->request.expert == expert;
    if (!m_editing && bias) setField(asked ? asked->bias : *bias);
    if (!why.isEmpty()) {
        const bool none = m_strip->bias().empty() && m_layer >= 0;
        const QString rests = none ? tr("no bias") : m_feed.isHeld() ? tr("past step") : tr("not training");
        return setState(Unavailable, rests, why);
    }
    if (refused) return setState(Rejected, QStringLiteral("✕ ") + m_refusal->what, m_refusal->hint);
    if (m_editing) return setState(Editing, tr("Enter sends"), tr("Esc takes back what is in force."));
    if (asked) return setState(Requested, tr("requested"), tr("The training takes it over before its next step."));
    setState(InForce, m_feed.control().is_off(m_layer, expert) ? tr("off: it rests") : tr("in force"),
             tr("The bias with which the expert was ranked last, in step %1.").arg(countText(m_step)));
}

void BiasEditor::setField(double bias)
{
    const QString text = QLocale().toString(bias, 'f', 5);
    if (text == m_field->text()) return;
    const bool marked = m_field->hasSelectedText();
    const int cursor = m_field->cursorPosition();
    m_field->setText(text);
    marked ? m_field->selectAll() : m_field->setCursorPosition(cursor);
}

void BiasEditor::setState(LiveSettingState state, const QString& message, const QString& hint)
{
    using enum LiveSettingState;
    m_state = state;
    const ThemeColors& colors = m_theme.colors();
    m_field->setEnabled(state != Unavailable);
    m_zero->setEnabled(state != Unavailable);
    m_field->setToolTip(
        tr("The selection bias of the expert, from −100 to 100; it decides who is chosen, not how much "
           "an expert weighs.\nEnter sends it, Esc takes back what is in force, Up and Down move it. %1")
            .arg(hint));
    m_field->setAccessibleDescription(message);
    m_message->setText(message);
    m_message->setHint(hint);
    m_message->setColor(state == Rejected                          ? colors.bad
                        : state == InForce || state == Unavailable ? colors.muted
                                                                   : colors.warning);
}

void BiasEditor::edited()
{
    m_editing = true;
    m_refusal.reset();
    refresh();
}

/// By a step of the controller, or a thousandth where it rests.
void BiasEditor::nudge(int direction)
{
    const auto now = parse(m_field->text());
    if (!now || !m_field->isEnabled()) return;
    const double speed = m_feed.setting("bias_update_speed").value_or(0);
    request(QString::number(*now + direction * (speed > 0 ? speed : 1e-3), 'f', 6));
}

bool BiasEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_field || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up: nudge(1); return true;
    case Qt::Key_Down: nudge(-1); return true;
    case Qt::Key_Escape:
        if (!m_editing && !m_refusal) return false;
        m_editing = false;
        m_refusal.reset();
        refresh();
        return true;
    default: return false;
    }
}

} // namespace triptych
