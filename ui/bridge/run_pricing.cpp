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
    if (name == RunPricing::thisMachine()) return load_cost_preset(name.toStdString());
    const auto gpu = load_gpu(name.toStdString());
    if (!gpu) return gpu.error();
    return rental_preset(*gpu);
}

} // namespace

RunPricing::RunPricing(RunFeed& feed)
    : QObject(&feed), m_measures(RunMeasures::of(feed)), m_assumed(AssumptionBook::of(feed)), m_name(thisMachine())
{
    connect(&m_assumed, &AssumptionBook::changed, this, &RunPricing::follow);
    connect(&m_measures, &RunMeasures::changed, this, [this] {
        fillFacts();
        update();
    });
    load();
}

QStringList RunPricing::names()
{
    QStringList all = {thisMachine()};
    for (const std::string& gpu : list_gpu_presets()) all << QString::fromStdString(gpu);
    return all;
}

void RunPricing::load()
{
    m_sheet.reset();
    auto preset = loaded(m_name);
    m_trouble = preset ? QString() : QString::fromStdString(preset.error().what);
    if (preset) m_sheet.emplace(preset.take(), m_assumed.shared());
    fillFacts();
    update();
}

void RunPricing::choose(const QString& name)
{
    if (name == m_name || !names().contains(name)) return;
    m_name = name;
    load();
}

bool isPriceOfRun(const CostInput& input)
{
    return input.from != "run.device_hours" && input.from != "run.goodput";
}

bool RunPricing::isEdited() const
{
    if (!m_sheet) return false;
    const auto& inputs = m_sheet->preset().inputs;
    const auto& lenses = m_sheet->preset().lenses;
    const auto left_out = [](const CostLens& lens) {
        return std::any_of(lens.lines.begin(), lens.lines.end(), [](const CostLine& line) { return line.left_out; });
    };
    return std::any_of(inputs.begin(), inputs.end(),
                       [](const CostInput& input) { return isPriceOfRun(input) && input.input.edited; }) ||
           std::any_of(lenses.begin(),
                       lenses.begin() + static_cast<std::ptrdiff_t>(std::min(lenses.size(), m_hour.size())), left_out);
}

Status RunPricing::edit(const QString& key, double value)
{
    if (!m_sheet) return Error{m_trouble.toStdString(), ""};
    CostPreset tried = m_sheet->preset();
    if (Status done = apply_edit(tried, CostEdit{key.toStdString(), value, value, value}); !done) return done;
    if (const auto hour = usd_per_run_hour(tried); !hour) return hour.error();
    if (Status done = m_sheet->set(key.toStdString(), value); !done) return done;
    m_assumed.tell(this);
    return {};
}

void RunPricing::reset(const QString& key)
{
    if (!isEdited(key)) return;
    m_sheet->reset(key.toStdString());
    m_assumed.tell(this);
}

void RunPricing::resetAll()
{
    if (!m_sheet) return;
    m_sheet->reset_all();
    m_assumed.tell(this);
}

void RunPricing::undo()
{
    if (!m_sheet) return;
    m_sheet->undo();
    m_assumed.tell(this);
}

void RunPricing::redo()
{
    if (!m_sheet) return;
    m_sheet->redo();
    m_assumed.tell(this);
}

void RunPricing::follow(const QObject* who)
{
    const bool other = m_sheet && m_sheet->follow();
    if (other || who == this) update();
}

/// What the preset cannot take leaves it as it is.
void RunPricing::fillFacts()
{
    if (m_sheet) (void)m_sheet->fill(facts() ? facts_of(*facts()) : facts_of_this_machine()).ok();
}

void RunPricing::update()
{
    m_hour.fill(std::numeric_limits<double>::quiet_NaN());
    if (m_sheet) {
        const CostPreset& preset = m_sheet->preset();
        for (std::size_t i = 0; i < std::min(m_hour.size(), preset.lenses.size()); ++i)
            if (const auto hour = usd_per_run_hour(preset, preset.lenses[i].key)) m_hour[i] = *hour;
    }
    isRecorded() ? m_measures.dropWish(this) : m_measures.want(this);
    emit changed();
}

double RunPricing::usd(const RunFeed& feed, CostMeter meter) const
{
    if (isRecorded()) return feed.value(meter == CostMeter::Headline ? Metric::HeadlineUsd : Metric::TcoUsd);
    return price_of_seconds(feed.value(Metric::TrainSeconds), usdPerHour(meter));
}

} // namespace triptych
