// Cards as they are saved.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card_spec.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

const QString kSeries = QStringLiteral("series");
const QString kSmoothing = QStringLiteral("smoothing");
const QString kLog = QStringLiteral("log");

} // namespace

std::vector<CardSpec> firstCards()
{
    return {{{{Metric::MainLoss}, {Metric::ValLoss}, {Metric::MtpLoss}}},
            {{{Metric::TokensPerSecond}, {Metric::Mfu}}},
            {{{Metric::HeadlineUsd}, {Metric::TcoUsd}}}};
}

QVariantMap toVariant(const CardSpec& spec)
{
    QVariantList names; // not a list of strings: files do not tell them apart
    for (const SeriesKey& key : spec.series) names << seriesKeyText(key);
    QVariantMap saved{{kSeries, names}, {kLog, spec.scale == ValueScale::Logarithmic}};
    if (spec.smoothing) saved.insert(kSmoothing, *spec.smoothing);
    return saved;
}

std::optional<CardSpec> cardSpecOf(const QVariant& saved)
{
    const QVariantMap map = saved.toMap();
    CardSpec spec;
    for (const QVariant& name : map.value(kSeries).toList()) {
        const auto key = seriesKeyOf(name.toString());
        const bool known = key && std::find(spec.series.begin(), spec.series.end(), *key) == spec.series.end();
        if (known && spec.series.size() < kMostSeriesOfCard) spec.series.push_back(*key);
    }
    if (spec.series.empty()) return std::nullopt;
    bool isNumber = false;
    const double smoothing = map.value(kSmoothing).toDouble(&isNumber);
    if (isNumber && std::isfinite(smoothing)) spec.smoothing = std::clamp(smoothing, 0.0, kMostSmoothing);
    if (map.value(kLog).toBool()) spec.scale = ValueScale::Logarithmic;
    return spec;
}

} // namespace triptych
