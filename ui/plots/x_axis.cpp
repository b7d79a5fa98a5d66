// Axes that count something else than steps, made from what the runs recorded.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/x_axis.h"

#include "ui/bridge/series_source.h"
#include "ui/bridge/shown_currency.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace triptych {

namespace {

constexpr std::array kAxes = {XAxis::Step, XAxis::Tokens, XAxis::Time, XAxis::Relative,
                              XAxis::Wall, XAxis::Flops,  XAxis::Usd};
/// Pieces that the whole of a run, and the part in sight, are made straight in.
constexpr std::size_t kPieces = 1024;
constexpr double kEverything = 1e15;
constexpr double kFewestSteps = 4;

/// Gives the texts of this file their context.
struct AxisText {
    Q_DECLARE_TR_FUNCTIONS(XAxis)
};

/// What it is made from.
std::optional<Metric> countedBy(XAxis axis)
{
    switch (axis) {
    case XAxis::Step: return std::nullopt;
    case XAxis::Tokens: return Metric::Tokens;
    case XAxis::Flops: return Metric::Flops;
    case XAxis::Time:
    case XAxis::Relative: return Metric::TrainSeconds;
    case XAxis::Wall: return Metric::WallSeconds;
    case XAxis::Usd: return Metric::HeadlineUsd;
    }
    return std::nullopt;
}

/// Two lists of points of one series as one.
Envelope merged(const Envelope& a, const Envelope& b)
{
    Envelope all;
    const auto take = [&all](const Envelope& from, std::size_t& i) {
        if (all.steps.empty() || from.steps[i] > all.steps.back()) {
            all.steps.push_back(from.steps[i]);
            all.values.push_back(from.values[i]);
        }
        ++i;
    };
    for (std::size_t i = 0, j = 0; i < a.steps.size() || j < b.steps.size();) {
        const bool first = j == b.steps.size() || (i < a.steps.size() && a.steps[i] <= b.steps[j]);
        first ? take(a, i) : take(b, j);
    }
    return all;
}

} // namespace

std::span<const XAxis> allXAxes()
{
    return kAxes;
}

XAxisInfo xAxisInfo(XAxis axis)
{
    switch (axis) {
    case XAxis::Step: break;
    case XAxis::Tokens:
        return {axis,
                QStringLiteral("tokens"),
                AxisText::tr("Tokens"),
                AxisText::tr("tokens"),
                {},
                AxisText::tr(
                    "Tokens trained on since the first step: runs with batches of different sizes in one picture.")};
    case XAxis::Time:
        return {axis,
                QStringLiteral("time"),
                AxisText::tr("Time trained"),
                AxisText::tr("time, s"),
                {},
                AxisText::tr("Seconds that the device has worked on the run, over all its sessions, without pauses.")};
    case XAxis::Relative:
        return {axis,
                QStringLiteral("relative"),
                AxisText::tr("Time from its start"),
                AxisText::tr("time, s"),
                {},
                AxisText::tr(
                    "Seconds of training since the first step that the run itself recorded: a run that began with a "
                    "checkpoint of another starts at 0, too.")};
    case XAxis::Wall:
        return {axis,
                QStringLiteral("wall"),
                AxisText::tr("Wall time"),
                AxisText::tr("wall, s"),
                {},
                AxisText::tr("Seconds by the clock since the run was begun: with evaluations, checkpoints, and pauses "
                             "between its sessions.")};
    case XAxis::Flops:
        return {axis,
                QStringLiteral("flops"),
                AxisText::tr("FLOPs"),
                AxisText::tr("FLOPs"),
                {},
                AxisText::tr(
                    "Floating-point operations: tokens × 3 × forward FLOPs per token (causal attention, MTP included, "
                    "as many experts as a token chose), a multiply and an add counting as two.")};
    case XAxis::Usd:
        return {axis,
                QStringLiteral("usd"),
                ShownCurrency::get().code(),
                ShownCurrency::get().code(),
                currencySign(),
                withRate(
                    AxisText::tr("Device-hours so far at the rental price: the headline view of what the run costs."))};
    }
    return {XAxis::Step,
            QStringLiteral("step"),
            AxisText::tr("Step"),
            AxisText::tr("step"),
            {},
            AxisText::tr("Steps of the optimizer.")};
}

QString xText(XAxis axis, double x)
{
    const QString space(QChar(0x202f));
    switch (axis) {
    case XAxis::Step: break;
    case XAxis::Tokens: return largeText(x) + QLatin1Char(' ') + AxisText::tr("tokens");
    case XAxis::Time:
    case XAxis::Relative:
    case XAxis::Wall: return fixedText(x, std::abs(x) < 1000 ? 1 : 0) + space + QLatin1Char('s');
    case XAxis::Flops: return QLocale().toString(x, 'g', 4) + QLatin1Char(' ') + AxisText::tr("FLOPs");
    case XAxis::Usd: return shownMoneyText(x);
    }
    return countText(std::llround(x));
}

SharedAxis::SharedAxis(const SeriesHub& series, QObject* parent) : QObject(parent), m_series(series)
{
    connect(&m_view, &StepView::rangeChanged, this, [this] { m_outdated = true; });
}

void SharedAxis::choose(XAxis axis)
{
    if (axis == m_chosen) return;
    m_chosen = axis;
    update();
    emit changed();
}

const StepMap& SharedAxis::map(const SeriesHub::RunId& run) const
{
    static const StepMap steps;
    const auto found = m_maps.find(run);
    return found == m_maps.end() ? steps : found->second;
}

/// Of the whole run, and more closely of the part in sight.
Envelope SharedAxis::pointsOf(const SeriesSource& source, const SeriesHub::RunId& run, XAxis axis) const
{
    Envelope whole = source.envelope(-kEverything, kEverything, kPieces);
    if (!whole.thinned || axis != m_shown || !map(run).isKnown()) return whole;
    return merged(whole, source.envelope(map(run).toStep(m_view.lower()), map(run).toStep(m_view.upper()), kPieces));
}

void SharedAxis::readRun(const SeriesHub::RunId& run, XAxis axis, Maps& maps) const
{
    const auto metric = countedBy(axis);
    if (!metric || !m_series.extent(run)) return;
    const RunTraits traits = m_series.traits(run);
    std::vector<std::pair<Metric, double>> ways = {{*metric, 1.0}}; // and what one of its counts is on the axis
    if (axis == XAxis::Flops && traits.flopsPerToken > 0)
        ways.emplace_back(Metric::Tokens, traits.flopsPerToken); // recorded before FLOPs were, most of it at least
    bool soon = false;
    for (const auto& [counted, scale] : ways) {
        const SeriesSource* source = m_series.find(run, counted);
        if (!source) continue;
        const Envelope points = pointsOf(*source, run, axis);
        const bool relative = axis == XAxis::Relative && !points.values.empty();
        StepMap& map = maps.of[run];
        map = StepMap(points, scale, relative ? points.values.front() : 0);
        if (map.isKnown()) return;
        soon |= points.steps.size() < 2;
        if (source->loading()) {
            soon = true;
            break;
        }
    }
    if (soon) { // in a moment
        maps.loading = true;
        return;
    }
    if (maps.missing.isEmpty())
        maps.missing =
            AxisText::tr("%1 has not recorded %2: over steps").arg(traits.name, xAxisInfo(axis).name.toLower());
}

SharedAxis::Maps SharedAxis::read(XAxis axis) const
{
    Maps maps;
    readRun({}, axis, maps);
    for (const SeriesHub::RunId& run : m_series.runs()) readRun(run, axis, maps);
    return maps;
}

void SharedAxis::prepare()
{
    if (m_outdated) update();
}

void SharedAxis::update()
{
    const XAxis before = m_shown;
    Maps maps = read(m_chosen);
    const bool waits = maps.loading && m_chosen != m_shown;
    if (waits) maps = read(m_shown);
    const QString note = waits ? m_note : maps.missing;
    XAxis axis = waits ? m_shown : m_chosen;
    if (!maps.missing.isEmpty()) {
        axis = XAxis::Step;
        maps.of.clear();
    }
    show(axis, std::move(maps.of));
    m_outdated = false;
    const bool noted = std::exchange(m_note, note) != note;
    if (noted || before != m_shown) emit changed();
}

void SharedAxis::show(XAxis axis, std::map<SeriesHub::RunId, StepMap> maps)
{
    std::swap(m_maps, maps); // `maps` are those before
    std::optional<std::pair<double, double>> all;
    std::optional<double> fewest;
    const auto add = [&](const SeriesHub::RunId& run) {
        const auto steps = m_series.extent(run);
        if (!steps) return;
        const double first = map(run).toX(static_cast<double>(steps->first));
        const double last = map(run).toX(static_cast<double>(steps->last));
        all = all ? std::pair(std::min(all->first, first), std::max(all->second, last)) : std::pair(first, last);
        const auto count = static_cast<double>(std::max<std::int64_t>(steps->last - steps->first, 1));
        const double four = axis == XAxis::Step ? kFewestSteps : std::max(kFewestSteps * (last - first) / count, 1e-12);
        fewest = std::min(fewest.value_or(four), four);
    };
    add({});
    for (const SeriesHub::RunId& run : m_series.runs()) add(run);
    if (axis == m_shown) {
        m_view.setFewest(fewest.value_or(kFewestSteps));
        if (all) m_view.setExtent(all->first, all->second);
        return;
    }
    // What is in sight is told by the feed's run.
    const auto known = maps.find({});
    const StepMap old = known == maps.end() ? StepMap() : known->second;
    const StepMap& now = map({});
    m_shown = axis;
    const auto range = all.value_or(std::pair(0.0, 1.0));
    m_view.convert([&](double x) { return now.toX(old.toStep(x)); }, range.first, range.second,
                   fewest.value_or(kFewestSteps));
}

} // namespace triptych
