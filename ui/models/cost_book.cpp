// One sheet for each preset that was opened.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cost_book.h"

#include "core/cost/cost_preset_file.h"

#include <cmath>

namespace triptych {

namespace {

/// Lines are rounded to the micro-dollar each, so that a total that depends on no range still moves by a few of them.
bool isRounding(Money low, Money high)
{
    constexpr double kMicroDollars = 20;
    return std::abs(static_cast<double>(high.micro()) - static_cast<double>(low.micro())) <= kMicroDollars;
}

} // namespace

CostBook::CostBook(const std::string& first, AssumptionBook& assumed, QObject* parent)
    : QObject(parent), m_assumed(assumed)
{
    connect(&assumed, &AssumptionBook::changed, this, &CostBook::follow);
    connect(&ShownCurrency::get(), &ShownCurrency::changed, this, &CostBook::changed);
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
    CostSheet& sheet = m_sheets.try_emplace(name, preset.take(), m_assumed.shared(), name).first->second;
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

Status CostBook::set(const std::string& key, double value, EditPace pace)
{
    if (!m_sheet) return Error{"there is no preset to change", "Choose one that can be read."};
    // Tried first: an edit that leaves no amounts would take the page away from whoever made it.
    CostPreset tried = m_sheet->preset();
    if (Status status = apply_edit(tried, CostEdit{key, value, value, value}); !status) return status;
    if (const auto amounts = evaluate(tried, lens()->key); m_ledger && !amounts)
        return Error{tr("With that value there is no amount").toStdString(), amounts.error().what};
    if (Status status = m_sheet->set(key, value, pace); !status) return status;
    m_assumed.tell(this);
    return {};
}

void CostBook::reset(const std::string& key)
{
    if (!m_sheet) return;
    m_sheet->reset(key);
    m_assumed.tell(this);
}

void CostBook::resetAll()
{
    if (!m_sheet) return;
    m_sheet->reset_all();
    m_assumed.tell(this);
}

void CostBook::leaveOut(const std::string& line, bool out)
{
    const CostLens* shown = lens();
    if (!shown || !m_sheet->leave_out(shown->key, line, out)) return;
    m_assumed.tell(this);
}

void CostBook::undo()
{
    if (!m_sheet) return;
    m_sheet->undo();
    m_assumed.tell(this);
}

void CostBook::redo()
{
    if (!m_sheet) return;
    m_sheet->redo();
    m_assumed.tell(this);
}

/// Presets that are not shown follow, too, so that they are up to date when they are.
void CostBook::follow(const QObject* who)
{
    for (auto& [name, sheet] : m_sheets) sheet.follow();
    if (who != this && (!m_sheet || m_sheet->changes() == m_counted)) return;
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
    m_counted = m_sheet->changes();
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
    return {{QStringLiteral("preset"), QString::fromStdString(m_name)},
            {QStringLiteral("lens"), QString::fromStdString(m_lens)}};
}

void CostBook::restoreState(const QVariantMap& state)
{
    const QString name = state.value(QStringLiteral("preset")).toString();
    if (!name.isEmpty() && sheetOf(name.toStdString())) choosePreset(name.toStdString());
    chooseLens(state.value(QStringLiteral("lens")).toString().toStdString());
    recompute();
    emit changed();
}

} // namespace triptych
