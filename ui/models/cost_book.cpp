// One sheet for each preset that was opened.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cost_book.h"

#include "core/cost/cost_preset_file.h"

#include <cmath>

namespace triptych {

namespace {

constexpr int kMostSheets = 64; // restored from a layout

QVariantMap asVariant(const CostChanges& changes)
{
    QVariantMap values;
    for (const auto& [key, value] : changes.values) values[QString::fromStdString(key)] = value;
    QStringList out;
    for (const std::string& name : changes.left_out) out << QString::fromStdString(name);
    return {{QStringLiteral("values"), values}, {QStringLiteral("leftOut"), out}};
}

/// Lines are rounded to the micro-dollar each, so that a total that depends on no range still moves by a few of them.
bool isRounding(Money low, Money high)
{
    constexpr double kMicroDollars = 20;
    return std::abs(static_cast<double>(high.micro()) - static_cast<double>(low.micro())) <= kMicroDollars;
}

CostChanges fromVariant(const QVariantMap& map)
{
    CostChanges changes;
    const QVariantMap values = map.value(QStringLiteral("values")).toMap();
    for (auto it = values.begin(); it != values.end(); ++it) {
        bool known = false;
        const double value = it.value().toDouble(&known);
        if (known && std::isfinite(value)) changes.values[it.key().toStdString()] = value;
    }
    for (const QString& name : map.value(QStringLiteral("leftOut")).toStringList())
        changes.left_out.insert(name.toStdString());
    return changes;
}

} // namespace

CostBook::CostBook(const std::string& first, QObject* parent) : QObject(parent)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRest);
    connect(&m_rest, &QTimer::timeout, this, &CostBook::settle);
    choosePreset(first);
}

const CostLens* CostBook::lens() const
{
    if (!m_sheet) return nullptr;
    const auto found = find_lens(m_sheet->preset(), m_lens);
    return found ? *found : &m_sheet->preset().lenses.front();
}

CostSheet* CostBook::sheetOf(const std::string& name)
{
    if (const auto known = m_sheets.find(name); known != m_sheets.end()) return &known->second;
    auto preset = load_cost_preset(name);
    if (!preset) {
        m_error = preset.error();
        return nullptr;
    }
    CostSheet& sheet = m_sheets.try_emplace(name, preset.take()).first->second;
    static_cast<void>(sheet.fill(m_facts)); // stays as it is where a run has not counted anything yet
    return &sheet;
}

void CostBook::choosePreset(const std::string& name)
{
    m_error.reset();
    m_name = name;
    m_lens.clear();
    m_sheet = sheetOf(name);
    recompute();
    emit presetChanged();
    emit changed();
}

void CostBook::chooseLens(const std::string& key)
{
    if (!m_sheet || !find_lens(m_sheet->preset(), key)) return;
    m_lens = key;
    recompute();
    emit presetChanged();
    emit changed();
}

void CostBook::setCurrency(const Currency& currency)
{
    m_currency = currency;
    emit changed();
}

Status CostBook::set(const std::string& key, double value, EditPace pace)
{
    if (!m_sheet) return Error{"there is no preset to change", "Choose one that can be read."};
    // Tried first: an edit that leaves no amounts would take the page away from whoever made it.
    CostPreset tried = m_sheet->preset();
    if (Status status = apply_edit(tried, CostEdit{key, value, value, value}); !status) return status;
    if (const auto amounts = evaluate(tried, lens()->key); m_ledger && !amounts)
        return Error{tr("With that value there is no amount").toStdString(), amounts.error().what};
    if (Status status = m_sheet->set(key, value, pace); !status) return status;
    recompute();
    emit changed();
    return {};
}

void CostBook::reset(const std::string& key)
{
    if (!m_sheet) return;
    m_sheet->reset(key);
    recompute();
    emit changed();
}

void CostBook::resetAll()
{
    if (!m_sheet) return;
    m_sheet->reset_all();
    recompute();
    emit changed();
}

void CostBook::leaveOut(const std::string& line, bool out)
{
    const CostLens* shown = lens();
    if (!shown || !m_sheet->leave_out(shown->key, line, out)) return;
    recompute();
    emit changed();
}

void CostBook::undo()
{
    if (!m_sheet) return;
    m_sheet->undo();
    recompute();
    emit changed();
}

void CostBook::redo()
{
    if (!m_sheet) return;
    m_sheet->redo();
    recompute();
    emit changed();
}

void CostBook::setFacts(std::vector<CostFact> facts)
{
    m_facts = std::move(facts);
    bool shown = false; // whether what is shown takes any of them
    for (auto& [name, sheet] : m_sheets) {
        const auto filled = sheet.fill(m_facts);
        shown = shown || (&sheet == m_sheet && filled && *filled > 0);
    }
    if (!shown) return;
    recompute();
    emit changed();
}

void CostBook::recompute()
{
    m_hasBand = false;
    m_ledger.reset();
    m_tornadoOf = {};
    m_rest.stop();
    if (!m_sheet) return;
    m_error.reset();
    auto ledger = evaluate(m_sheet->preset(), lens()->key);
    if (!ledger) {
        m_error = ledger.error();
        return;
    }
    m_ledger = ledger.take();
    findTornado();
    m_rest.start();
}

void CostBook::findTornado()
{
    auto found = running_tornado(m_sheet->preset(), m_ledger->lens);
    m_tornadoOf = found ? found.take() : RunningTornado{m_ledger->lines.size() - 1, m_ledger->total, {}};
}

void CostBook::settle()
{
    m_rest.stop();
    if (!m_ledger || m_hasBand) return;
    // Without a band where a formula has no value within the ranges; the amounts hold all the same.
    m_hasBand = add_band(m_sheet->preset(), *m_ledger).ok();
    if (isRounding(m_ledger->low, m_ledger->high)) m_ledger->low = m_ledger->high = m_ledger->total;
    emit settled();
}

QVariantMap CostBook::saveState() const
{
    QVariantMap sheets;
    for (const auto& [name, sheet] : m_sheets)
        if (!sheet.changes().empty()) sheets[QString::fromStdString(name)] = asVariant(sheet.changes());
    return {{QStringLiteral("preset"), QString::fromStdString(m_name)},
            {QStringLiteral("lens"), QString::fromStdString(m_lens)},
            {QStringLiteral("changes"), sheets}};
}

void CostBook::restoreState(const QVariantMap& state)
{
    const QVariantMap sheets = state.value(QStringLiteral("changes")).toMap();
    int restored = 0;
    for (auto it = sheets.begin(); it != sheets.end() && restored < kMostSheets; ++it, ++restored)
        if (CostSheet* sheet = sheetOf(it.key().toStdString())) sheet->restore(fromVariant(it.value().toMap()));
    const QString name = state.value(QStringLiteral("preset")).toString();
    if (!name.isEmpty() && sheetOf(name.toStdString())) choosePreset(name.toStdString());
    chooseLens(state.value(QStringLiteral("lens")).toString().toStdString());
    recompute();
    emit changed();
}

} // namespace triptych
