// From the text field to the trainer and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/live_setting.h"

#include "core/config/field.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/steady_width.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

/// A field as wide as its longest plausible number.
constexpr auto kWidestNumber = "0.000025000";

} // namespace

LiveSetting::LiveSetting(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post,
                         const std::string& key, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_theme(theme), m_post(std::move(post)), m_key(key), m_caption(new QLabel(this)),
      m_field(new QLineEdit(this)), m_message(new ElidedLabel(this))
{
    m_caption->setBuddy(m_field);
    m_field->setObjectName(QString::fromStdString(key));
    keepWidth(*m_field, QLatin1String(kWidestNumber), 14);
    m_field->installEventFilter(this);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // all that is left, and it moves nothing

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_caption);
    layout->addWidget(m_field);
    layout->addWidget(m_message, 1);

    connect(m_field, &QLineEdit::textEdited, this, &LiveSetting::edited);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { request(m_field->text()); });
    connect(&feed, &RunFeed::runStarted, this, &LiveSetting::startOver);
    connect(&feed, &RunFeed::stateChanged, this, [this] {
        if (std::exchange(m_live, m_feed.isLive()) != m_feed.isLive())
            startOver();
        else if (!m_live)
            showInForce(); // another process has begun to train it, or has ended
    });
    // A step that is held is told by other numbers.
    connect(&feed, &RunFeed::numbersChanged, this, [this] {
        if (std::exchange(m_held, m_feed.isHeld()) != m_feed.isHeld()) m_requested ? showRequested() : showInForce();
    });
    connect(&feed, &RunFeed::settingChanged, this, &LiveSetting::takeConfirmation);
    connect(&feed, &RunFeed::failed, this, &LiveSetting::takeFailure);
    connect(&theme, &Theme::changed, this, &LiveSetting::applyColors);
    startOver();
}

QString LiveSetting::message() const
{
    return m_message->text();
}

void LiveSetting::startOver()
{
    m_requested.reset();
    m_live = m_feed.isLive();
    m_info = liveSettingInfo(m_key, m_feed.run());
    m_caption->setText(m_info.title);
    m_caption->setToolTip(m_info.help);
    m_field->setToolTip(m_info.help);
    m_field->setAccessibleName(m_info.title);
    showInForce();
}

void LiveSetting::showInForce()
{
    const std::optional<double> value = m_feed.setting(m_key);
    m_field->setText(value ? settingText(*value) : QString());
    if (!m_info.missing.isEmpty()) {
        setState(LiveSettingState::Unavailable, m_info.missing);
    } else if (!m_feed.isLive()) {
        setState(LiveSettingState::Unavailable,
                 m_feed.isGrowing() ? tr("trained elsewhere")
                 : m_feed.run()     ? tr("the run has ended")
                                    : tr("no run yet"),
                 tr("Changes a training while it runs; start one to use it."));
    } else if (m_feed.isHeld()) {
        setState(LiveSettingState::Unavailable, tr("back to live to change this"),
                 tr("The window shows a step that was; a setting changes the training that goes on."));
    } else {
        setState(LiveSettingState::InForce, value ? tr("in force") : tr("not told by the run"));
    }
}

void LiveSetting::edited()
{
    if (canBeSet()) setState(LiveSettingState::Editing, tr("Enter applies it"));
}

std::optional<double> LiveSetting::parse(const QString& text)
{
    const QString trimmed = text.trimmed();
    const auto read = parse_field_value(m_key, trimmed.toStdString(), FieldValue(0.0));
    bool ok = read.ok();
    // A person may write numbers as his language does, too.
    const double value = ok ? std::get<double>(*read) : QLocale().toDouble(trimmed, &ok);
    if (!ok) {
        setState(LiveSettingState::Rejected, tr("not a number"), tr("Write it like 0.001 or 1e-3."));
        return std::nullopt;
    }
    if (const Status inRange = check_field_value(m_key, FieldValue(value), m_info.min, m_info.max, {}); !inRange) {
        setState(LiveSettingState::Rejected,
                 tr("expected %1 to %2").arg(settingText(m_info.min), settingText(m_info.max)),
                 m_info.beyond.isEmpty() ? QString::fromStdString(inRange.error().what) : m_info.beyond);
        return std::nullopt;
    }
    if (m_info.whole && value != std::floor(value)) {
        setState(LiveSettingState::Rejected, tr("not a whole number"), tr("Write it without a point, like 2."));
        return std::nullopt;
    }
    return value;
}

void LiveSetting::request(const QString& text)
{
    if (!canBeSet()) return;
    m_field->setText(text);
    const std::optional<double> value = parse(text);
    if (!value) return;
    if (!m_requested && m_feed.setting(m_key) == value) {
        showInForce();
        return;
    }
    m_requested = value;
    showRequested();
    m_post(command::Set{m_key, *value});
}

void LiveSetting::showRequested()
{
    const std::optional<double> inForce = m_feed.setting(m_key);
    m_field->setText(settingText(*m_requested));
    setState(LiveSettingState::Requested,
             inForce ? tr("requested; %1 in force").arg(settingText(*inForce)) : tr("requested"),
             tr("The training takes it over before its next step."));
}

void LiveSetting::takeConfirmation(const QString& key, double value)
{
    if (key.toStdString() != m_key) return;
    // Two requests in a row are confirmed one after the other: only the last one ends the waiting.
    if (m_requested && *m_requested != value) return;
    m_requested.reset();
    // Somebody who types on is not interrupted.
    if (m_state != LiveSettingState::Editing) showInForce();
}

void LiveSetting::takeFailure(const QString& what, const QString& hint)
{
    if (!m_requested || !what.contains(QString::fromStdString(m_key))) return;
    m_requested.reset();
    setState(LiveSettingState::Rejected, what, hint);
}

void LiveSetting::nudge(int direction)
{
    if (const std::optional<double> value = parse(m_field->text())) {
        const double next = m_info.whole ? *value + direction : nextOnLadder(*value, direction);
        m_field->setText(settingText(std::clamp(next, m_info.min, m_info.max)));
        edited();
    }
}

bool LiveSetting::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Escape:
            // With nothing to take back it is for whatever is around, as a popup that it closes.
            if (m_state != LiveSettingState::Editing && m_state != LiveSettingState::Rejected) break;
            m_requested ? showRequested() : showInForce();
            return true;
        case Qt::Key_Up: nudge(1); return true;
        case Qt::Key_Down: nudge(-1); return true;
        default: break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LiveSetting::setState(LiveSettingState state, const QString& message, const QString& hint)
{
    m_state = state;
    m_message->setText(state == LiveSettingState::Rejected ? QStringLiteral("✕ ") + message : message);
    m_message->setHint(hint);
    m_field->setEnabled(state != LiveSettingState::Unavailable && !m_feed.isHeld());
    m_field->setAccessibleDescription(message);
    applyColors();
    emit stateChanged();
}

void LiveSetting::applyColors()
{
    const ThemeColors& colors = m_theme.colors();
    QColor ink = colors.muted;
    QString edge;
    if (m_state == LiveSettingState::Requested) ink = colors.warning;
    if (m_state == LiveSettingState::Rejected) ink = colors.bad;
    if (ink != colors.muted) edge = QStringLiteral("border-color: %1;").arg(ink.name());
    m_message->setColor(ink);
    if (m_field->styleSheet() != edge) m_field->setStyleSheet(edge);
}

double nextOnLadder(double value, int direction, double smallest)
{
    constexpr std::array kRungs = {1.0, 2.0, 5.0, 10.0};
    if (!(value > 0)) return direction > 0 ? smallest : 0;
    const double decade = std::pow(10.0, std::floor(std::log10(value) + 1e-9));
    const double mantissa = value / decade;
    // A thousandth of slack, so that 0.2 read from text is on its rung.
    if (direction > 0) {
        for (const double rung : kRungs)
            if (rung > mantissa * 1.001) return rung * decade;
        return 20 * decade;
    }
    double below = 0.5;
    for (const double rung : kRungs)
        if (rung < mantissa * 0.999) below = rung;
    const double result = below * decade;
    return result < smallest * 0.999 ? 0 : result;
}

} // namespace triptych
