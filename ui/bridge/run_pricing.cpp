// Presets, edits, and the price of an hour.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_pricing.h"

#include "core/cluster/gpu_rental.h"
#include "core/cost/closed_forms.h"
#include "core/cost/cost_preset_file.h"
#include "core/cost/hour_price.h"

#include <algorithm>

namespace triptych {

RunPricing& RunPricing::of(RunFeed& feed)
{
    auto* pricing = feed.findChild<RunPricing*>(QString(), Qt::FindDirectChildrenOnly);
    return pricing ? *pricing : *new RunPricing(feed);
}

namespace {

Result<CostPreset> loaded(const QString& name)
{
    if (name == RunPricing::names().front()) return load_cost_preset(name.toStdString());
    const auto gpu = load_gpu(name.toStdString());
    if (!gpu) return gpu.error();
    return rental_preset(*gpu);
}

} // namespace

RunPricing::RunPricing(RunFeed& feed) : QObject(&feed), m_name(names().front())
{
    connect(&feed, &RunFeed::runStarted, this, [this] { setFacts(std::nullopt); });
    load();
}

QStringList RunPricing::names()
{
    QStringList all = {QStringLiteral("this-machine")};
    for (const std::string& gpu : list_gpu_presets()) all << QString::fromStdString(gpu);
    return all;
}

void RunPricing::load()
{
    m_sheet.reset();
    auto preset = loaded(m_name);
    m_trouble = preset ? QString() : QString::fromStdString(preset.error().what);
    if (preset) m_sheet.emplace(preset.take());
    fillFacts();
    update();
}

void RunPricing::choose(const QString& name)
{
    if (name == m_name || !names().contains(name)) return;
    m_name = name;
    load(); // another preset has other inputs, so changes go
}

Status RunPricing::edit(const QString& key, double value)
{
    if (!m_sheet) return Error{m_trouble.toStdString(), ""};
    CostSheet tried = *m_sheet;
    if (Status done = tried.set(key.toStdString(), value); !done) return done;
    if (const auto hour = usd_per_run_hour(tried.preset()); !hour) return hour.error();
    m_sheet = std::move(tried);
    update();
    return {};
}

void RunPricing::reset(const QString& key)
{
    if (!isEdited(key)) return;
    m_sheet->reset(key.toStdString());
    update();
}

void RunPricing::resetAll()
{
    if (!isEdited()) return;
    m_sheet->reset_all();
    update();
}

void RunPricing::restore(const QString& name, const CostChanges& changes)
{
    choose(name);
    if (m_name != name) return;
    for (const auto& [key, value] : changes.values) (void)edit(QString::fromStdString(key), value).ok();
}

void RunPricing::setFacts(const std::optional<RunFacts>& facts)
{
    m_facts = facts;
    fillFacts();
    update();
}

/// What the preset cannot take leaves it as it is.
void RunPricing::fillFacts()
{
    if (m_sheet) (void)m_sheet->fill(m_facts ? facts_of(*m_facts) : facts_of_this_machine()).ok();
}

void RunPricing::update()
{
    m_hour.fill(std::numeric_limits<double>::quiet_NaN());
    if (m_sheet) {
        const CostPreset& preset = m_sheet->preset();
        for (std::size_t i = 0; i < std::min(m_hour.size(), preset.lenses.size()); ++i)
            if (const auto hour = usd_per_run_hour(preset, preset.lenses[i].key)) m_hour[i] = *hour;
    }
    emit changed();
}

double RunPricing::usd(const RunFeed& feed, CostMeter meter) const
{
    if (isRecorded()) return feed.value(meter == CostMeter::Headline ? Metric::HeadlineUsd : Metric::TcoUsd);
    return feed.value(Metric::TrainSeconds) / kSecondsPerHour * usdPerHour(meter);
}

} // namespace triptych
