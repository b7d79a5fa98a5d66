// Offering names until there is a "=", then values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/setting_completer.h"

#include "core/run/manifest.h"
#include "core/session/run_setup.h"
#include "ui/language/core_texts.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStandardItemModel>

namespace triptych {

namespace {

constexpr int kTyped = Qt::UserRole; ///< what is written into the field

bool isBetween(QChar sign)
{
    return sign.isSpace() || sign == QLatin1Char(',');
}

} // namespace

std::vector<OfferedSetting> settingsOfFork(const Manifest& run)
{
    std::vector<OfferedSetting> all;
    for (const Field<TrainConfig>& field : train_config_fields()) {
        const FieldValue value = get(field, run.train);
        const std::string now = to_string(value);
        const Status possible = check_fork_settings(run, {std::string(field.key) + '=' + now});
        if (!possible) continue;
        OfferedSetting setting{QString::fromUtf8(field.key), QString::fromStdString(now), {}, coreText(field.doc)};
        for (const char* choice : field.choices) setting.values << QString::fromUtf8(choice);
        if (std::holds_alternative<bool>(value)) setting.values << QStringLiteral("true") << QStringLiteral("false");
        if (setting.values.isEmpty()) setting.values << setting.now;
        all.push_back(std::move(setting));
    }
    return all;
}

SettingCompleter::SettingCompleter(std::vector<OfferedSetting> settings, QLineEdit& field)
    : QCompleter(&field), m_field(field), m_settings(std::move(settings)), m_model(new QStandardItemModel(this))
{
    setModel(m_model);
    setCompletionRole(kTyped);
    setCaseSensitivity(Qt::CaseInsensitive);
    setFilterMode(Qt::MatchContains);
    setMaxVisibleItems(12);
    offer();
    field.setCompleter(this);
    // Told before the field asks for what fits.
    connect(&field, &QLineEdit::textEdited, this, &SettingCompleter::offer);
}

SettingCompleter::Word SettingCompleter::word() const
{
    const QString text = m_field.text();
    qsizetype from = std::min<qsizetype>(m_field.cursorPosition(), text.size());
    qsizetype to = from;
    while (from > 0 && !isBetween(text[from - 1])) --from;
    while (to < text.size() && !isBetween(text[to])) ++to;
    return {from, to - from};
}

void SettingCompleter::offer()
{
    const Word at = word();
    const QString key = m_field.text().mid(at.from, at.length).section(QLatin1Char('='), 0, 0);
    const bool named = m_field.text().mid(at.from, at.length).contains(QLatin1Char('='));
    m_model->clear();
    const auto add = [this](const QString& shown, const QString& typed, const QString& help) {
        auto* item = new QStandardItem(shown);
        item->setData(typed, kTyped);
        item->setToolTip(help);
        m_model->appendRow(item);
    };
    for (const OfferedSetting& setting : m_settings) {
        if (!named)
            add(tr("%1, now %2", "a setting and its value").arg(setting.key, setting.now),
                setting.key + QLatin1Char('='), setting.help);
        if (!named || setting.key != key) continue;
        for (const QString& value : setting.values) {
            const QString typed = setting.key + QLatin1Char('=') + value;
            add(value == setting.now ? tr("%1, as it is", "a value of a setting").arg(typed) : typed, typed,
                setting.help);
        }
    }
}

QStringList SettingCompleter::offered() const
{
    QStringList all;
    for (int row = 0; row < completionModel()->rowCount(); ++row)
        all << completionModel()->index(row, 0).data().toString();
    return all;
}

QStringList SettingCompleter::splitPath(const QString& path) const
{
    const Word at = word();
    return {path.mid(at.from, at.length)};
}

QString SettingCompleter::pathFromIndex(const QModelIndex& index) const
{
    const Word at = word();
    return m_field.text().replace(at.from, at.length, index.data(kTyped).toString());
}

bool SettingCompleter::eventFilter(QObject* watched, QEvent* event)
{
    const bool isDown = watched == &m_field && event->type() == QEvent::KeyPress &&
                        static_cast<const QKeyEvent*>(event)->key() == Qt::Key_Down;
    if (!isDown || popup()->isVisible()) return QCompleter::eventFilter(watched, event);
    offer();
    setCompletionPrefix(m_field.text());
    complete();
    return true;
}

} // namespace triptych
