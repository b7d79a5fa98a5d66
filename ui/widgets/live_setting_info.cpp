// Settings of the core's table, and the one that is of the routing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/live_setting_info.h"

#include "core/config/train_config.h"
#include "core/routing/routing_control.h"
#include "ui/language/core_texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace triptych {

namespace {

struct LiveSettingTexts {
    Q_DECLARE_TR_FUNCTIONS(triptych::LiveSettingTexts)

public:
    static QString help(const QString& doc, double min, double max, const QString& unit)
    {
        return tr("%1\n%2 to %3%4. Enter sends it to the training that runs, Esc takes back what is in force.")
            .arg(doc, settingText(min), settingText(max), unit);
    }
    static LiveSettingInfo activeExperts(const event::RunStarted* run)
    {
        LiveSettingInfo info;
        const std::int64_t configured = run && run->experts > 0 ? run->experts_per_token : 1;
        info.title = tr("Active experts");
        info.min = 1;
        info.max = static_cast<double>(configured);
        info.whole = true;
        info.help = help(tr("K′: routed experts that a token chooses, in every layer. Each weighs with its score over "
                            "the sum of the K′ chosen scores (DeepSeek-V3 report, section 2.1.2, eq. 12 to 16), and "
                            "MFU counts the work of K′."),
                         info.min, info.max, QLatin1Char(' ') + tr("experts"));
        info.beyond = tr("Memory is planned for as many experts a token as the run was started with: %1. Start a run "
                         "with more to choose more.")
                          .arg(configured);
        if (run && run->experts == 0) info.missing = tr("the model has no routed experts");
        return info;
    }
};

} // namespace

LiveSettingInfo liveSettingInfo(const std::string& key, const event::RunStarted* run)
{
    if (key == kActiveExperts) return LiveSettingTexts::activeExperts(run);
    LiveSettingInfo info;
    const auto* row = find_field(train_config_fields(), key);
    info.title = row ? coreText(row->title) : QString::fromStdString(key);
    info.help = info.title;
    if (!row) return info;
    info.min = row->min;
    info.max = row->max;
    const QString unit = *row->unit ? QLatin1Char(' ') + coreText(row->unit) : QString();
    info.help = LiveSettingTexts::help(coreText(row->doc), info.min, info.max, unit);
    return info;
}

QString settingText(double value)
{
    return QString::fromStdString(to_string(FieldValue(value))).replace(QLatin1Char('.'), QLocale().decimalPoint());
}

} // namespace triptych
