// Values are multiplied on their way.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/scaled_source.h"

namespace triptych {

std::uint64_t ScaledSource::generation() const
{
    const SeriesSource* source = m_find();
    return (m_serial << 32) + (source ? source->generation() : 0);
}

std::size_t ScaledSource::size() const
{
    const SeriesSource* source = m_find();
    return source ? source->size() : 0;
}

SeriesSummary ScaledSource::summary() const
{
    const SeriesSource* source = m_find();
    SeriesSummary all = source ? source->summary() : SeriesSummary();
    for (double* value : {&all.first, &all.last, &all.lowest, &all.highest}) *value *= m_factor;
    return all;
}

std::optional<StepRange> ScaledSource::extent() const
{
    const SeriesSource* source = m_find();
    return source ? source->extent() : std::nullopt;
}

std::optional<SeriesPoint> ScaledSource::scaled(std::optional<SeriesPoint> point) const
{
    if (point) point->value *= m_factor;
    return point;
}

std::optional<SeriesPoint> ScaledSource::at(double step) const
{
    const SeriesSource* source = m_find();
    return source ? scaled(source->at(step)) : std::nullopt;
}

std::optional<SeriesPoint> ScaledSource::neighbour(double step, int direction) const
{
    const SeriesSource* source = m_find();
    return source ? scaled(source->neighbour(step, direction)) : std::nullopt;
}

Envelope ScaledSource::envelope(double first, double last, std::size_t buckets) const
{
    const SeriesSource* source = m_find();
    if (!source) return {};
    Envelope points = source->envelope(first, last, buckets);
    for (double& value : points.values) value *= m_factor;
    return points;
}

bool ScaledSource::loading() const
{
    const SeriesSource* source = m_find();
    return source && source->loading();
}

std::unique_ptr<SeriesSource> ScaledSource::smoothed(double weight) const
{
    const SeriesSource* source = m_find();
    if (!source) return std::make_unique<ScaledSource>(m_find, m_factor, m_serial);
    const std::shared_ptr<SeriesSource> smooth = source->smoothed(weight);
    return std::make_unique<ScaledSource>([smooth] { return smooth.get(); }, m_factor, m_serial);
}

} // namespace triptych
