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

class QBoxLayout;
class QComboBox;
class QLabel;

namespace triptych {

class BarRows;
class ElidedLabel;

/// What a step of the run is made of, as far as its experts are concerned.
struct ExpertTime {
    std::vector<std::vector<double>> loads; ///< [layer][E] of all layers with experts
    double share = 0;                       ///< of a step: the routed experts of one layer, 0..1; 0: not known
    double seconds = 0;                     ///< of a step; not-a-number: not known
};

class PlacementView : public QWidget {
    Q_OBJECT

public:
    explicit PlacementView(const Theme& theme, QWidget* parent = nullptr);

    /// [E] load over mean load of one layer's experts, in so many groups, and what they and those of other layers are
    /// of a step. Nodes are offered where there are groups, which stay together on one.
    void setLoads(std::vector<double> loads, ExpertTime time = {}, std::int64_t groups = 1);
    /// A bar for each GPU, where there is room.
    void setGpusVisible(bool visible);

    /// Of the numbers that are chosen; nothing before there are loads.
    const std::optional<Placement>& before() const { return m_before; }
    const std::optional<Placement>& after() const { return m_after; }
    /// Of a step, the share that goes away if every layer's experts are packed as they are here; nothing where it is
    /// not known what they take. A GPU waits in each layer for the busiest one, so that layers add up.
    std::optional<double> savedOfStep() const;
    std::int64_t gpus() const;
    std::int64_t nodes() const;
    std::int64_t copies() const;
    QVariantMap saveState() const;
    /// Ignores what this number of experts does not allow.
    void restoreState(const QVariantMap& state);

signals:
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* addRow();
    void arrange();
    QComboBox* addBox(const QString& name, const QString& explanation);
    void offerGpus();
    void offerNodes();
    void offerCopies();
    void place();
    void tellOfStep();
    void showGpus();

    std::vector<double> m_loads;
    ExpertTime m_time;
    std::int64_t m_modelGroups = 1;
    std::int64_t m_wantedGpus = 8; ///< what was chosen last, whatever this model allows
    std::int64_t m_wantedNodes = 1;
    std::int64_t m_wantedCopies = 0;
    std::optional<Placement> m_before;
    std::optional<Placement> m_after;
    QLabel* m_lead; ///< what a narrow place does without
    QBoxLayout* m_choosers;
    QWidget* m_where; ///< GPUs and nodes
    QWidget* m_what;  ///< copies
    QComboBox* m_gpus;
    QLabel* m_gpusOf; ///< "GPUs in" nodes, or "GPUs, with"
    QComboBox* m_nodes;
    QLabel* m_with; ///< between nodes and copies
    QComboBox* m_copies;
    BarRows* m_bars;
    ElidedLabel* m_words;
    ElidedLabel* m_ofStep;
    BarRows* m_byGpu;
};

} // namespace triptych
