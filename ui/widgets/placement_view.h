// What if the experts of a layer lay on several GPUs: chosen numbers of GPUs and copies, the work of the busiest before
// and after.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/placement.h"
#include "ui/theme/theme.h"

#include <QVariantMap>
#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;

namespace triptych {

class BarRows;
class ElidedLabel;

class PlacementView : public QWidget {
    Q_OBJECT

public:
    explicit PlacementView(const Theme& theme, QWidget* parent = nullptr);

    /// [E] load over mean load of one layer's experts.
    void setLoads(std::vector<double> loads);
    /// A bar for each GPU, where there is room.
    void setGpusVisible(bool visible);

    /// Of the numbers that are chosen; nothing before there are loads.
    const std::optional<Placement>& before() const { return m_before; }
    const std::optional<Placement>& after() const { return m_after; }
    std::int64_t gpus() const;
    std::int64_t copies() const;
    QVariantMap saveState() const;
    /// Ignores what this number of experts does not allow.
    void restoreState(const QVariantMap& state);

signals:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QComboBox* addBox(const QString& name, const QString& explanation);
    void offerGpus();
    void offerCopies();
    void place();
    void showGpus();

    std::vector<double> m_loads;
    std::int64_t m_wantedGpus = 8; ///< what was chosen last, whatever this model allows
    std::int64_t m_wantedCopies = 0;
    std::optional<Placement> m_before;
    std::optional<Placement> m_after;
    QLabel* m_lead; ///< what a narrow place does without
    QWidget* m_choosers;
    QComboBox* m_gpus;
    QComboBox* m_copies;
    BarRows* m_bars;
    ElidedLabel* m_words;
    BarRows* m_byGpu;
};

} // namespace triptych
