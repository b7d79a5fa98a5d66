// The strongest pairs of experts as two lists: those of the chosen expert, and those of its layer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

class QBoxLayout;
class QLabel;

namespace triptych {

class BarRows;

/// Two experts that are chosen together `lift` times as often as by chance.
struct ExpertPair {
    std::int64_t first = 0;
    std::int64_t second = 0;
    double lift = 0;
};

/// "3.52 ×", and "≥ 32 ×" from kHighestLift on: what a run keeps of its history goes no further.
QString liftText(double lift);
inline constexpr double kHighestLift = 32;

/// Of a layer's partners [E][..], each pair once, the highest lift first and `most` at most.
std::vector<ExpertPair> strongestPairs(const std::vector<std::vector<LoadFrame::Partner>>& partners, std::size_t most);

class PairLists : public QWidget {
    Q_OBJECT

public:
    explicit PairLists(const Theme& theme, QWidget* parent = nullptr);

    /// One below the other, or side by side.
    void setOrientation(Qt::Orientation orientation);
    /// expert: the chosen one, or -1.
    void show(const std::vector<std::vector<LoadFrame::Partner>>& partners, std::int64_t expert);
    const std::vector<ExpertPair>& ofExpert() const { return m_ofExpert; }
    const std::vector<ExpertPair>& ofLayer() const { return m_ofLayer; }

signals:
    /// Of the list of the layer.
    void pairChosen(std::int64_t first, std::int64_t second);
    /// Of the list of the chosen expert.
    void partnerChosen(std::int64_t expert, std::int64_t partner);

private:
    BarRows* addList(const QString& name, QLabel** caption);

    const Theme& m_theme;
    QBoxLayout* m_layout;
    QLabel* m_expertCaption;
    QLabel* m_layerCaption;
    BarRows* m_expertRows;
    BarRows* m_layerRows;
    std::vector<ExpertPair> m_ofExpert;
    std::vector<ExpertPair> m_ofLayer;
};

} // namespace triptych
