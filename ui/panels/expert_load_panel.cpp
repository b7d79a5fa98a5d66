// The left wing: how evenly the experts are used, layer by layer, and the bias that evens it out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layer_names.h"
#include "ui/panels/panel.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/expert_bars.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/number_text.h"

#include <QLabel>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

class ExpertLoadPanel final : public Panel {
    Q_OBJECT

public:
    ExpertLoadPanel(const PanelContext& context, QWidget* parent);

protected:
    void showEvent(QShowEvent* event) override
    {
        Panel::showEvent(event);
        refresh();
    }

private:
    void refresh();
    void showSummary();
    void showMap(const LoadFrame& frame);
    void showLayer(const LoadFrame& frame);
    void showEmpty();
    void moveSelection();
    void hover(int row, int expert);
    void choose(int row, int expert);

    std::int64_t mainLayers() const { return m_context.feed.run() ? m_context.feed.run()->layers : -1; }
    std::size_t chosenRow() const { return m_frame ? rowOfLayer(*m_frame, m_context.selection.layer()) : 0; }

    PanelContext m_context;
    std::shared_ptr<const LoadFrame> m_frame;
    QLabel* m_summary;
    QLabel* m_empty;
    QWidget* m_content;
    HeatmapPlot* m_map;
    QLabel* m_layerTitle;
    ExpertBars* m_bars;
};

ExpertLoadPanel::ExpertLoadPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_summary(new QLabel(this)), m_empty(mutedLabel({}, this)),
      m_content(new QWidget(this)),
      m_map(new HeatmapPlot(context.theme, HeatmapScale::Ratio, &ThemeColors::moe, m_content)),
      m_layerTitle(mutedLabel({}, m_content)), m_bars(new ExpertBars(context.theme, m_content))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_summary);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_content, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);

    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_map, 5);
    layout->addWidget(m_layerTitle);
    layout->addWidget(m_bars, 3);
    layout->addWidget(new LiveSetting(context.feed, context.theme, context.post, "bias_update_speed", m_content));
    m_map->setObjectName(QStringLiteral("loadMap"));
    m_bars->setObjectName(QStringLiteral("expertBars"));
    m_map->setAxisTitles({}, tr("layer"));
    m_map->setAccessibleName(tr("Load of each expert over the mean load, by layer"));

    connect(m_map, &HeatmapPlot::cellChosen, this, &ExpertLoadPanel::choose);
    connect(m_map, &HeatmapPlot::cellHovered, this, &ExpertLoadPanel::hover);
    connect(m_bars, &ExpertBars::expertChosen, this,
            [this](int expert) { choose(static_cast<int>(chosenRow()), expert); });
    connect(&context.feed, &RunFeed::loadsChanged, this, &ExpertLoadPanel::refresh);
    connect(&context.feed, &RunFeed::runStarted, this, &ExpertLoadPanel::refresh);
    connect(&context.feed, &RunFeed::numbersChanged, this, [this] {
        if (isVisible()) showSummary();
    });
    connect(&context.selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Expert)) moveSelection();
    });
    refresh();
}

void ExpertLoadPanel::refresh()
{
    if (!isVisible() && m_frame) return;
    m_frame = m_context.feed.loads();
    const bool there = m_frame && !m_frame->layers.empty();
    m_content->setVisible(there);
    m_empty->setVisible(!there);
    m_summary->setVisible(there);
    if (!there) return showEmpty();
    showSummary();
    showMap(*m_frame);
    showLayer(*m_frame);
}

void ExpertLoadPanel::showEmpty()
{
    const auto* run = m_context.feed.run();
    m_empty->setText(
        run && run->experts == 0
            ? tr("This model has no experts: every layer is dense.")
            : tr("The load of every expert appears here with the first training step: layers from top to bottom, "
                 "experts from left to right, orange where too many tokens go, blue where too few."));
}

void ExpertLoadPanel::showSummary()
{
    if (!m_frame) return;
    const LoadFrame& frame = *m_frame;
    double dead = 0;
    for (const double share : frame.dead_fraction) dead += share * static_cast<double>(frame.experts);
    const auto deadExperts = static_cast<std::int64_t>(std::lround(dead));
    const auto all = static_cast<std::int64_t>(frame.layers.size()) * frame.experts;
    const QString color = deadExperts > 0 ? m_context.theme.colors().bad.name() : m_context.theme.colors().text.name();
    m_summary->setText(
        tr("MaxVio <b>%1</b> &nbsp;·&nbsp; <span style='color:%2'>dead experts <b>%3</b> of %4</span>")
            .arg(fixedText(m_context.feed.calm(Metric::MaxVio), 2), color, countText(deadExperts), countText(all)));
    m_summary->setToolTip(
        tr("MaxVio: max load / mean load − 1, mean over the layers and the last 20 steps (arXiv 2408.15664, eq. 4); "
           "in step %1 alone %2. A dead expert got no token for 20 steps.")
            .arg(countText(m_context.feed.shownStep()), fixedText(m_context.feed.value(Metric::MaxVio), 2)));
}

void ExpertLoadPanel::showMap(const LoadFrame& frame)
{
    HeatmapData matrix;
    matrix.rows = static_cast<int>(frame.layers.size());
    matrix.columns = static_cast<int>(frame.experts);
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        matrix.values.insert(matrix.values.end(), frame.ratio[i].begin(), frame.ratio[i].end());
        matrix.rowLabels << layerLabel(frame.layers[i].layer, mainLayers());
    }
    m_map->setData(std::move(matrix));
}

void ExpertLoadPanel::showLayer(const LoadFrame& frame)
{
    const std::size_t row = chosenRow();
    m_layerTitle->setText(
        tr("%1: load / mean, and the bias that steers it").arg(layerTitle(frame.layers[row].layer, mainLayers())));
    m_layerTitle->setToolTip(
        tr("Bars: load over the mean load, smoothed over 20 steps; the line is an even load. Dots: the "
           "selection bias b of each expert, moved by γ × sign(mean load − load) after every step "
           "(DeepSeek-V3 report, section 2.1.2)."));
    m_bars->setData(frame.ratio[row], frame.layers[row].bias);
}

void ExpertLoadPanel::moveSelection()
{
    if (!m_frame || m_frame->layers.empty()) return;
    const auto expert = static_cast<int>(m_context.selection.expert());
    m_map->setSelected(m_context.selection.layer() < 0 ? -1 : static_cast<int>(chosenRow()), expert);
    m_bars->setSelected(expert);
    showLayer(*m_frame);
}

void ExpertLoadPanel::choose(int row, int expert)
{
    if (!m_frame || row < 0 || static_cast<std::size_t>(row) >= m_frame->layers.size()) return;
    m_context.selection.setExpertOfLayer(m_frame->layers[static_cast<std::size_t>(row)].layer, expert);
}

void ExpertLoadPanel::hover(int row, int expert)
{
    if (row < 0 || !m_frame || static_cast<std::size_t>(row) >= m_frame->layers.size()) return QToolTip::hideText();
    const auto i = static_cast<std::size_t>(row);
    const auto e = static_cast<std::size_t>(expert);
    const LayerLoad& load = m_frame->layers[i];
    if (e >= m_frame->ratio[i].size()) return;
    QString text = tr("%1, expert %2: %3 × the mean load in step %4")
                       .arg(layerTitle(load.layer, mainLayers()), countText(expert),
                            fixedText(static_cast<double>(m_frame->ratio[i][e]), 2), countText(m_frame->step));
    if (e < load.counts.size()) text += tr("; %1 tokens").arg(countText(load.counts[e])); // a kept frame has none
    if (e < load.bias.size()) text += tr("; bias %1").arg(fixedText(static_cast<double>(load.bias[e]), 4));
    QToolTip::showText(QCursor::pos(), text, m_map);
}

} // namespace

Panel* createExpertLoadPanel(const PanelContext& context, QWidget* parent)
{
    return new ExpertLoadPanel(context, parent);
}

} // namespace triptych

#include "expert_load_panel.moc"
