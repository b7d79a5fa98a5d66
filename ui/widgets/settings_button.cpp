// The popup of live settings.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/settings_button.h"

#include "ui/widgets/card.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace triptych {

namespace {

constexpr std::array kKeys = {"learning_rate", "bias_update_speed", "balance_loss_alpha", "mtp_loss_weight",
                              kActiveExperts};

} // namespace

SettingsButton::SettingsButton(const RunFeed& feed, const Theme& theme, const std::function<void(Command)>& post,
                               QWidget* parent)
    : QToolButton(parent), m_feed(feed), m_popup(new QFrame(this, Qt::Popup))
{
    setObjectName(QStringLiteral("settings"));
    setToolTip(tr("Learning rate, γ of the balancing, α of the balance loss, λ of MTP and K′, how many experts a token "
                  "chooses: to be changed while the run trains, in force from its next step on"));
    m_popup->setObjectName(QStringLiteral("card"));
    auto* layout = new QVBoxLayout(m_popup);
    layout->setContentsMargins(12, 12, 12, 12);
    auto* title = new QLabel(tr("Settings of the training that runs"), m_popup);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    layout->addWidget(title);
    for (const char* key : kKeys) {
        auto* setting = new LiveSetting(feed, theme, post, key, m_popup);
        layout->addWidget(setting);
        m_settings.push_back(setting);
        connect(setting, &LiveSetting::stateChanged, this, &SettingsButton::tell);
    }
    layout->addWidget(
        mutedLabel(tr("Enter applies, Esc takes back, ↑ and ↓ walk 1, 2, 5, experts one by one. Each change is a mark "
                      "over the curves."),
                   m_popup));
    connect(this, &QToolButton::clicked, this, &SettingsButton::open);
    connect(&feed, &RunFeed::settingChanged, this, &SettingsButton::tell);
    connect(&feed, &RunFeed::runStarted, this, &SettingsButton::tell);
    tell();
}

/// Fields stand below each other, whatever the language and the size of the text.
void SettingsButton::alignFields()
{
    int widest = 0;
    for (const LiveSetting* setting : m_settings) widest = std::max(widest, setting->caption()->sizeHint().width());
    for (const LiveSetting* setting : m_settings) setting->caption()->setMinimumWidth(widest);
}

void SettingsButton::open()
{
    alignFields();
    m_popup->adjustSize();
    const QRect room = screen()->availableGeometry();
    const QPoint below = mapToGlobal(QPoint(0, height() + 2));
    m_popup->move(std::clamp(below.x(), room.left(), std::max(room.left(), room.right() - m_popup->width())),
                  std::clamp(below.y(), room.top(), std::max(room.top(), room.bottom() - m_popup->height())));
    m_popup->show();
    m_settings.front()->field()->setFocus();
    m_settings.front()->field()->selectAll();
}

void SettingsButton::tell()
{
    const auto has = [this](LiveSettingState state) {
        return std::any_of(m_settings.begin(), m_settings.end(), [&](const auto* s) { return s->state() == state; });
    };
    const auto rate = m_feed.setting(kKeys.front());
    QString text = rate ? tr("lr %1").arg(QLocale().toString(*rate, 'g', 3)) : tr("Settings");
    QString state = tr("in force");
    if (has(LiveSettingState::Requested)) {
        text += QStringLiteral(" …");
        state = tr("one is requested");
    } else if (has(LiveSettingState::Rejected)) {
        text += QStringLiteral(" !");
        state = tr("one was refused");
    }
    setText(text + QStringLiteral(" ▾"));
    setAccessibleName(tr("Settings of the training: learning rate, γ, α, λ, K′; %1").arg(state));
}

} // namespace triptych
