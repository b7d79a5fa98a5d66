// Names, colours and number formats of the metrics.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/series_catalog.h"

#include "ui/bridge/run_pricing.h"
#include "ui/bridge/shown_currency.h"
#include "ui/language/core_texts.h"
#include "ui/panels/layer_names.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace triptych {

namespace {

using Colour = QColor ThemeColors::*;
using Format = QString (*)(double);

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Series)
};

QString nats(double value)
{
    return fixedText(value, std::abs(value) < 9.9995 ? 3 : 2);
}
QString perSecond(double value)
{
    return std::isfinite(value) ? countText(std::llround(value)) : noNumber();
}
QString share(double value)
{
    return percentText(value);
}
QString seconds(double value)
{
    return std::isfinite(value) ? fixedText(value, std::abs(value) < 100 ? 3 : 0) + QChar(0x202f) + QLatin1Char('s')
                                : noNumber();
}
QString figure(double value)
{
    return std::isfinite(value) ? QLocale().toString(value, 'g', 4) : noNumber();
}

struct Writing {
    Format text = figure;
    const char* widest = "-0.000e-00";
};

/// How a metric is called and drawn.
struct Look {
    Metric metric;
    const char* title;
    const char* name; ///< short, beside its line
    Colour color;
    CurveStyle style = CurveStyle::Line;
};

constexpr std::array kLooks = {
    Look{Metric::Loss, QT_TRANSLATE_NOOP("Series", "Loss that is minimised"), QT_TRANSLATE_NOOP("Series", "minimised"),
         &ThemeColors::loss},
    Look{Metric::MainLoss, QT_TRANSLATE_NOOP("Series", "Training loss"), QT_TRANSLATE_NOOP("Series", "train"),
         &ThemeColors::loss},
    Look{Metric::MtpLoss, QT_TRANSLATE_NOOP("Series", "MTP loss"), QT_TRANSLATE_NOOP("Series", "MTP"),
         &ThemeColors::mtp},
    Look{Metric::MtpLossWeight, QT_TRANSLATE_NOOP("Series", "Weight of the MTP loss λ"),
         QT_TRANSLATE_NOOP("Series", "λ"), &ThemeColors::mtp},
    Look{Metric::BalanceLoss, QT_TRANSLATE_NOOP("Series", "Balance loss"), QT_TRANSLATE_NOOP("Series", "balance"),
         &ThemeColors::moe},
    Look{Metric::GradNorm, QT_TRANSLATE_NOOP("Series", "Gradient norm"), QT_TRANSLATE_NOOP("Series", "norm"),
         &ThemeColors::loss},
    Look{Metric::LearningRate, QT_TRANSLATE_NOOP("Series", "Learning rate"), QT_TRANSLATE_NOOP("Series", "lr"),
         &ThemeColors::mla},
    Look{Metric::BiasUpdateSpeed, QT_TRANSLATE_NOOP("Series", "Bias update speed γ"), QT_TRANSLATE_NOOP("Series", "γ"),
         &ThemeColors::moe},
    Look{Metric::Tokens, QT_TRANSLATE_NOOP("Series", "Tokens"), QT_TRANSLATE_NOOP("Series", "tokens"),
         &ThemeColors::throughput},
    Look{Metric::Flops, QT_TRANSLATE_NOOP("Series", "Model FLOPs"), QT_TRANSLATE_NOOP("Series", "FLOPs"),
         &ThemeColors::throughput},
    Look{Metric::StepSeconds, QT_TRANSLATE_NOOP("Series", "Time of a step"), QT_TRANSLATE_NOOP("Series", "step"),
         &ThemeColors::throughput},
    Look{Metric::TokensPerSecond, QT_TRANSLATE_NOOP("Series", "Tokens per second"),
         QT_TRANSLATE_NOOP("Series", "measured"), &ThemeColors::throughput},
    Look{Metric::Mfu, QT_TRANSLATE_NOOP("Series", "Share of peak"), QT_TRANSLATE_NOOP("Series", "of peak"),
         &ThemeColors::throughput},
    Look{Metric::MaxVio, QT_TRANSLATE_NOOP("Series", "MaxVio"), QT_TRANSLATE_NOOP("Series", "MaxVio"),
         &ThemeColors::moe},
    Look{Metric::MicroMaxVio, QT_TRANSLATE_NOOP("Series", "MaxVio of micro-batches"),
         QT_TRANSLATE_NOOP("Series", "micro"), &ThemeColors::moe},
    Look{Metric::ValLoss, QT_TRANSLATE_NOOP("Series", "Validation loss"), QT_TRANSLATE_NOOP("Series", "validation"),
         &ThemeColors::validation, CurveStyle::Dots},
    Look{Metric::ValMtpLoss, QT_TRANSLATE_NOOP("Series", "MTP validation loss"),
         QT_TRANSLATE_NOOP("Series", "MTP val."), &ThemeColors::mtp, CurveStyle::Dots},
    Look{Metric::ValBitsPerByte, QT_TRANSLATE_NOOP("Series", "Validation bits per byte"),
         QT_TRANSLATE_NOOP("Series", "bits"), &ThemeColors::validation, CurveStyle::Dots},
    Look{Metric::ValMaxVio, QT_TRANSLATE_NOOP("Series", "MaxVio of the validation"),
         QT_TRANSLATE_NOOP("Series", "val."), &ThemeColors::moe, CurveStyle::Dots},
    Look{Metric::ValSpeedUp, QT_TRANSLATE_NOOP("Series", "Speed-up by drafts"), QT_TRANSLATE_NOOP("Series", "speed-up"),
         &ThemeColors::mtp, CurveStyle::Dots},
    Look{Metric::HeadlineUsd, QT_TRANSLATE_NOOP("Series", "Headline cost"), QT_TRANSLATE_NOOP("Series", "headline"),
         &ThemeColors::headline},
    Look{Metric::TcoUsd, QT_TRANSLATE_NOOP("Series", "Full cost"), QT_TRANSLATE_NOOP("Series", "full cost"),
         &ThemeColors::fullCost, CurveStyle::Dashes},
    Look{Metric::TrainSeconds, QT_TRANSLATE_NOOP("Series", "Device time"), QT_TRANSLATE_NOOP("Series", "device"),
         &ThemeColors::throughput},
    Look{Metric::WallSeconds, QT_TRANSLATE_NOOP("Series", "Wall time"), QT_TRANSLATE_NOOP("Series", "wall"),
         &ThemeColors::throughput, CurveStyle::Dashes},
    Look{Metric::LayerMaxVio, QT_TRANSLATE_NOOP("Series", "MaxVio"), QT_TRANSLATE_NOOP("Series", "MaxVio"),
         &ThemeColors::moe},
    Look{Metric::LayerMinVio, QT_TRANSLATE_NOOP("Series", "MinVio"), QT_TRANSLATE_NOOP("Series", "MinVio"),
         &ThemeColors::moe},
    Look{Metric::LayerLoadCv, QT_TRANSLATE_NOOP("Series", "Load variation"), QT_TRANSLATE_NOOP("Series", "variation"),
         &ThemeColors::moe},
    Look{Metric::LayerDiversity, QT_TRANSLATE_NOOP("Series", "Diversity"), QT_TRANSLATE_NOOP("Series", "diversity"),
         &ThemeColors::moe},
    Look{Metric::LayerDeadFraction, QT_TRANSLATE_NOOP("Series", "Dead experts"), QT_TRANSLATE_NOOP("Series", "dead"),
         &ThemeColors::moe},
    Look{Metric::LayerMicroMaxVio, QT_TRANSLATE_NOOP("Series", "MaxVio of micro-batches"),
         QT_TRANSLATE_NOOP("Series", "MaxVio, micro"), &ThemeColors::moe},
    Look{Metric::LayerMicroMinVio, QT_TRANSLATE_NOOP("Series", "MinVio of micro-batches"),
         QT_TRANSLATE_NOOP("Series", "MinVio, micro"), &ThemeColors::moe},
    Look{Metric::LayerMicroLoadCv, QT_TRANSLATE_NOOP("Series", "Load variation of micro-batches"),
         QT_TRANSLATE_NOOP("Series", "variation, micro"), &ThemeColors::moe},
    Look{Metric::LayerMicroDiversity, QT_TRANSLATE_NOOP("Series", "Diversity of micro-batches"),
         QT_TRANSLATE_NOOP("Series", "diversity, micro"), &ThemeColors::moe},
    Look{Metric::LayerMicroDeadFraction, QT_TRANSLATE_NOOP("Series", "Dead experts of micro-batches"),
         QT_TRANSLATE_NOOP("Series", "dead, micro"), &ThemeColors::moe},
    Look{Metric::LayerBiasSpread, QT_TRANSLATE_NOOP("Series", "Bias spread"), QT_TRANSLATE_NOOP("Series", "spread"),
         &ThemeColors::moe},
    Look{Metric::LayerLatentRank, QT_TRANSLATE_NOOP("Series", "Effective rank of the latent"),
         QT_TRANSLATE_NOOP("Series", "rank"), &ThemeColors::mla},
    Look{Metric::DepthLoss, QT_TRANSLATE_NOOP("Series", "Loss"), QT_TRANSLATE_NOOP("Series", "loss"),
         &ThemeColors::mtp},
    Look{Metric::DepthValLoss, QT_TRANSLATE_NOOP("Series", "Validation loss"),
         QT_TRANSLATE_NOOP("Series", "validation"), &ThemeColors::mtp, CurveStyle::Dots},
    Look{Metric::DepthAcceptance, QT_TRANSLATE_NOOP("Series", "Acceptance"), QT_TRANSLATE_NOOP("Series", "accepted"),
         &ThemeColors::mtp, CurveStyle::Dots},
    Look{Metric::DomainLoss, QT_TRANSLATE_NOOP("Series", "Loss"), QT_TRANSLATE_NOOP("Series", "loss"),
         &ThemeColors::loss},
    Look{Metric::DomainValLoss, QT_TRANSLATE_NOOP("Series", "Validation loss"),
         QT_TRANSLATE_NOOP("Series", "validation"), &ThemeColors::validation, CurveStyle::Dots},
    Look{Metric::DomainAcceptance, QT_TRANSLATE_NOOP("Series", "Acceptance"), QT_TRANSLATE_NOOP("Series", "accepted"),
         &ThemeColors::mtp, CurveStyle::Dots},
};

constexpr bool inOrderOfTheEnumeration()
{
    for (std::size_t i = 0; i < kLooks.size(); ++i)
        if (static_cast<std::size_t>(kLooks[i].metric) != i + 1) return false;
    return true;
}
static_assert(inOrderOfTheEnumeration());

const Look& lookOf(Metric metric)
{
    return kLooks[static_cast<std::size_t>(metric) - 1];
}

bool isShare(Metric metric)
{
    constexpr std::array kShares = {Metric::Mfu,
                                    Metric::LayerDiversity,
                                    Metric::LayerDeadFraction,
                                    Metric::LayerMicroDiversity,
                                    Metric::LayerMicroDeadFraction,
                                    Metric::DepthAcceptance,
                                    Metric::DomainAcceptance};
    return std::find(kShares.begin(), kShares.end(), metric) != kShares.end();
}

Writing writingOf(Metric metric)
{
    const std::string_view unit = metric_info(metric).unit;
    if (isShare(metric)) return {share, "00.0 %"};
    if (unit == "nats/token" || unit == "bits/byte") return {nats, "0.000"};
    if (unit == "tokens/s") return {perSecond, "000,000"};
    if (unit == "USD") return {shownMoneyText, ShownCurrency::get().isDollar() ? "$0.000000" : "EUR 0.000000"};
    if (unit == "s") return {seconds, "00.000 s"};
    if (unit == "tokens") return {largeText, "000 M"};
    return {};
}

} // namespace

QString seriesKeyText(const SeriesKey& key)
{
    const QString name = QString::fromStdString(metric_name(key.metric));
    if (key.reach == SeriesReach::One) return name;
    return name.section(QLatin1Char('.'), 0, 0) + QStringLiteral(".*.") + name.section(QLatin1Char('.'), 2);
}

std::optional<SeriesKey> seriesKeyOf(const QString& text)
{
    const bool all = text.contains(QStringLiteral(".*."));
    const QString name = all ? QString(text).replace(QStringLiteral(".*."), QStringLiteral(".1.")) : text;
    const auto metric = metric_from_name(name.toStdString());
    if (!metric) return std::nullopt;
    return SeriesKey{*metric, all ? SeriesReach::All : SeriesReach::One};
}

std::vector<MetricId> SeriesCatalog::recorded() const
{
    std::set<MetricId> all;
    for (const MetricId metric : m_hub.metrics({})) all.insert(metric);
    for (const SeriesHub::RunId& run : m_hub.runs())
        for (const MetricId metric : m_hub.metrics(run)) all.insert(metric);
    return {all.begin(), all.end()};
}

std::vector<SeriesKey> SeriesCatalog::keys() const
{
    std::vector<SeriesKey> keys;
    std::optional<Metric> before;
    for (const MetricId metric : recorded()) {
        const bool first = before != metric.metric;
        if (first && metric_info(metric.metric).scope != MetricScope::Run) keys.push_back({metric, SeriesReach::All});
        keys.push_back({metric, SeriesReach::One});
        before = metric.metric;
    }
    std::stable_sort(keys.begin(), keys.end(), [](const SeriesKey& a, const SeriesKey& b) {
        return metric_info(a.metric.metric).scope < metric_info(b.metric.metric).scope;
    });
    return keys;
}

QString SeriesCatalog::place(const SeriesKey& key) const
{
    const bool all = key.reach == SeriesReach::All;
    const event::RunStarted* run = m_feed.run();
    const auto index = key.metric.index;
    switch (metric_info(key.metric.metric).scope) {
    case MetricScope::Run: return {};
    case MetricScope::Layer: return all ? Words::tr("all layers") : layerTitle(index, run ? run->layers : -1);
    case MetricScope::Depth: return all ? Words::tr("all MTP modules") : Words::tr("MTP %1").arg(index);
    case MetricScope::Domain: break;
    }
    if (all) return Words::tr("all domains");
    if (run && index < run->domains.size()) return QString::fromStdString(run->domains[index]);
    return Words::tr("domain %1").arg(index);
}

QString SeriesCatalog::title(const SeriesKey& key) const
{
    const QString title = Words::tr(lookOf(key.metric.metric).title);
    const QString where = place(key);
    return where.isEmpty() ? title : title + QStringLiteral(" · ") + where;
}

QString SeriesCatalog::group(const SeriesKey& key)
{
    switch (metric_info(key.metric.metric).scope) {
    case MetricScope::Layer: return Words::tr("Layers");
    case MetricScope::Depth: return Words::tr("MTP modules");
    case MetricScope::Domain: return Words::tr("Domains");
    case MetricScope::Run: break;
    }
    return Words::tr("Run");
}

QString SeriesCatalog::unit(const SeriesKey& key)
{
    if (isShare(key.metric.metric)) return Words::tr("share");
    const std::string_view unit = metric_info(key.metric.metric).unit;
    if (unit == "USD") return ShownCurrency::get().code();
    return unit == "1" ? QString() : coreText(unit);
}

QString SeriesCatalog::explanation(const SeriesKey& key)
{
    const QString said = coreText(metric_info(key.metric.metric).doc);
    if (key.reach == SeriesReach::One) return said;
    return said + QLatin1Char('\n') +
           Words::tr("The line is the median of all, the band goes from the smallest to the largest.");
}

/// At which prices amounts are counted; empty for what is no amount.
QString SeriesCatalog::priceTip(Metric metric) const
{
    if (metric != Metric::HeadlineUsd && metric != Metric::TcoUsd) return {};
    const bool headline = metric == Metric::HeadlineUsd;
    const auto* pricing = m_feed.findChild<const RunPricing*>(QString(), Qt::FindDirectChildrenOnly);
    if (pricing && !pricing->isRecorded() && pricing->sheet())
        return lensExplanation(pricing->sheet()->preset(), headline ? 0 : 1);
    const RunPrices prices = m_feed.run() ? m_feed.run()->prices : RunPrices::this_machine(1);
    return headline ? headlineExplanation(prices) : fullCostExplanation(prices);
}

PlotSeries SeriesCatalog::series(const SeriesKey& key) const
{
    const Look& look = lookOf(key.metric.metric);
    const Writing writing = writingOf(key.metric.metric);
    PlotSeries series;
    const QString where = place(key);
    series.name = where.isEmpty() ? Words::tr(look.name) : where;
    series.metric = key.metric;
    series.color = look.color;
    series.style = look.style;
    series.smoothing = isNoisy(key.metric.metric) ? Smoothing::WithRawBehind : Smoothing::Never;
    series.text = writing.text;
    series.widest = QString::fromUtf8(writing.widest);
    series.tip = explanation(key);
    if (const QString prices = priceTip(key.metric.metric); !prices.isEmpty()) series.tip = prices;
    if (key.reach == SeriesReach::One) return series;
    for (const MetricId metric : recorded())
        if (metric.metric == key.metric.metric) series.members.push_back(metric);
    if (!series.members.empty()) series.metric = series.members.front();
    series.name = Words::tr("median of %1").arg(series.members.size());
    if (series.smoothing == Smoothing::WithRawBehind) series.smoothing = Smoothing::Quiet; // the band stays behind it
    if (series.style == CurveStyle::Dots) series.style = CurveStyle::Line;
    return series;
}

} // namespace triptych
