// The presets as a panel has them open: which one, under which lens, in which currency, with what somebody changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that these include
#include "core/cost/cost_sheet.h"
#include "core/cost/currency.h"
#include "core/cost/ledger.h"
#endif
#include "ui/bridge/assumption_book.h"
#include "ui/bridge/shown_currency.h"

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <QVariantMap>

#include <map>
#include <optional>

namespace triptych {

/// Changes are the window's assumptions: what another page changes of the same quantity is changed here, too. Amounts
/// are there at once; bands, which take thousands of draws, when the hand rests.
class CostBook : public QObject {
    Q_OBJECT

public:
    /// Ms without a change until bands are drawn.
    static constexpr int kRest = 150;

    /// `first`: the name of the preset that is shown.
    CostBook(const std::string& first, AssumptionBook& assumed, QObject* parent = nullptr);

    /// Name of the preset that is asked for, also where it cannot be shown.
    const std::string& name() const { return m_name; }
    /// Null: error() says why.
    const CostSheet* sheet() const { return m_sheet; }
    const CostLens* lens() const; ///< with what is left out of it; null without a sheet
    /// Nothing where the preset cannot be read or its formulas have no value.
    const std::optional<Ledger>& ledger() const { return m_ledger; }
    /// Of the total or, where no range moves that, of the last running total that one does.
    const std::vector<TornadoBar>& tornado() const { return m_tornadoOf.bars; }
    /// Number of the line after which that total stands; the last one: the total itself.
    std::size_t tornadoLine() const { return m_tornadoOf.line; }
    Money tornadoTotal() const { return m_tornadoOf.total; }
    /// Whether the ledger's low and high are those of the ledger as it is now. Ends that differ by the rounding of
    /// lines alone are put together.
    bool hasBand() const { return m_hasBand; }
    const std::optional<Error>& error() const { return m_error; }
    const Currency& currency() const { return ShownCurrency::get().currency(); }

    /// A name, or the path of a file that somebody wrote. What cannot be read is told by error().
    void choosePreset(const std::string& name);
    void chooseLens(const std::string& key);
    /// Error: nothing has changed.
    Status set(const std::string& key, double value, EditPace pace = EditPace::Single);
    void reset(const std::string& key);
    void resetAll();
    void leaveOut(const std::string& line, bool out);
    void undo();
    void redo();
    /// What a run has counted, for all presets from now on. What a preset cannot take leaves it as it is.
    void setFacts(std::vector<CostFact> facts);
    /// Bands now rather than when the hand rests.
    void settle();

    /// Preset and lens; changes are kept with the window.
    QVariantMap saveState() const;
    /// Takes anything; nonsense is ignored.
    void restoreState(const QVariantMap& state);

signals:
    /// Another preset or lens: other lines, other inputs.
    void presetChanged();
    /// Amounts, marks, currency; also after presetChanged().
    void changed();
    /// The band is there.
    void settled();

private:
    CostSheet* sheetOf(const std::string& name);
    void follow(const QObject* who);
    void recompute();
    void findTornado();

    AssumptionBook& m_assumed;
    std::map<std::string, CostSheet> m_sheets;
    CostSheet* m_sheet = nullptr;
    std::string m_name;
    std::string m_lens; ///< empty: the first
    std::optional<Ledger> m_ledger;
    CostChanges m_counted; ///< the ledger is with these
    RunningTornado m_tornadoOf;
    std::optional<Error> m_error;
    bool m_hasBand = false;
    std::vector<CostFact> m_facts;
    QTimer m_rest;
};

} // namespace triptych
