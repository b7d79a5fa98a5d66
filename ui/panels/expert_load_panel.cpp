// The left wing: how evenly the experts are used, layer by layer, the bias that evens it out, and which domains use
// whom.
// SPDX-License-Identifier: GPL-3.0-or-later
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
    void showSummary(const LoadFrame& frame);
    void showMap(const LoadFrame& frame);
    void showLayer(const LoadFrame& frame);
    void showDomains(const LoadFrame& frame);
    void showEmpty();
    void moveSelection();
    void hover(int row, int expert);
    void hoverDomain(int domain, int expert);
    void choose(int row, int expert);

    QString layerName(std::int64_t layer) const;
    /// Row of the chosen layer in the frame, or 0.
    std::size_t chosenRow() const;

    PanelContext m_context;
    std::shared_ptr<const LoadFrame> m_frame;
    QLabel* m_summary;
    QLabel* m_empty;
    QWidget* m_content;
    HeatmapPlot* m_map;
    QLabel* m_layerTitle;
    ExpertBars* m_bars;
    QLabel* m_domainTitle;
    HeatmapPlot* m_domains;
};

ExpertLoadPanel::ExpertLoadPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_summary(new QLabel(this)), m_empty(mutedLabel({}, this)),
      m_content(new QWidget(this)),
      m_map(new HeatmapPlot(context.theme, HeatmapScale::Ratio, &ThemeColors::moe, m_content)),
      m_layerTitle(mutedLabel({}, m_content)), m_bars(new ExpertBars(context.theme, m_content)),
      m_domainTitle(mutedLabel(tr("Who is sent where"), m_content)),
      m_domains(new HeatmapPlot(context.theme, HeatmapScale::Ratio, &ThemeColors::moe, m_content))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_summary);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_content, 1);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_summary->setToolTip(
        tr("MaxVio: max load / mean load − 1, mean over the layers (arXiv 2408.15664, eq. 4). A dead expert "
           "got no token for 20 steps."));

    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_map, 5);
    layout->addWidget(m_layerTitle);
    layout->addWidget(m_bars, 3);
    layout->addWidget(m_domainTitle);
    layout->addWidget(m_domains, 5);
    layout->addWidget(new LiveSetting(context.feed, context.theme, context.post, "bias_update_speed", m_content));
    m_map->setObjectName(QStringLiteral("loadMap"));
    m_bars->setObjectName(QStringLiteral("expertBars"));
    m_domains->setObjectName(QStringLiteral("domainMap"));
    m_map->setAxisTitles({}, tr("layer"));
    m_map->setAccessibleName(tr("Load of each expert over the mean load, by layer"));
    m_domains->setAccessibleName(tr("Share of each expert in the choices of a domain, over an even share"));
    m_domainTitle->setToolTip(
        tr("Of all choices that tokens of a domain made in this layer, the share that went to the expert, "
           "over an even share: above 1 the expert is a specialist of that domain."));

    connect(m_map, &HeatmapPlot::cellChosen, this, &ExpertLoadPanel::choose);
    connect(m_map, &HeatmapPlot::cellHovered, this, &ExpertLoadPanel::hover);
    connect(m_bars, &ExpertBars::expertChosen, this,
            [this](int expert) { choose(static_cast<int>(chosenRow()), expert); });
    connect(m_domains, &HeatmapPlot::cellChosen, this,
            [this](int, int expert) { choose(static_cast<int>(chosenRow()), expert); });
    connect(m_domains, &HeatmapPlot::cellHovered, this, &ExpertLoadPanel::hoverDomain);
    connect(&context.feed, &RunFeed::loadsChanged, this, &ExpertLoadPanel::refresh);
    connect(&context.feed, &RunFeed::runStarted, this, &ExpertLoadPanel::refresh);
    connect(&context.selection, &Selection::changed, this, &ExpertLoadPanel::moveSelection);
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
    showSummary(*m_frame);
    showMap(*m_frame);
    showLayer(*m_frame);
    showDomains(*m_frame);
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

QString ExpertLoadPanel::layerName(std::int64_t layer) const
{
    const auto* run = m_context.feed.run();
    if (run && layer >= run->layers) return tr("MTP %1").arg(layer - run->layers + 1);
    return QString::number(layer);
}

std::size_t ExpertLoadPanel::chosenRow() const
{
    for (std::size_t i = 0; m_frame && i < m_frame->layers.size(); ++i)
        if (m_frame->layers[i].layer == m_context.selection.layer()) return i;
    return 0;
}

void ExpertLoadPanel::showSummary(const LoadFrame& frame)
{
    double maxVio = 0;
    double dead = 0;
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        maxVio += frame.max_vio[i];
        dead += frame.dead_fraction[i] * static_cast<double>(frame.experts);
    }
    const auto layers = static_cast<double>(frame.layers.size());
    const auto deadExperts = static_cast<std::int64_t>(std::lround(dead));
    const auto all = static_cast<std::int64_t>(frame.layers.size()) * frame.experts;
    const QString color = deadExperts > 0 ? m_context.theme.colors().bad.name() : m_context.theme.colors().text.name();
    m_summary->setText(tr("MaxVio <b>%1</b> &nbsp;·&nbsp; <span style='color:%2'>dead experts <b>%3</b> of %4</span>")
                           .arg(fixedText(maxVio / layers, 2), color, countText(deadExperts), countText(all)));
}

void ExpertLoadPanel::showMap(const LoadFrame& frame)
{
    HeatmapData matrix;
    matrix.rows = static_cast<int>(frame.layers.size());
    matrix.columns = static_cast<int>(frame.experts);
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        matrix.values.insert(matrix.values.end(), frame.ratio[i].begin(), frame.ratio[i].end());
        matrix.rowLabels << layerName(frame.layers[i].layer);
    }
    m_map->setData(matrix);
}

void ExpertLoadPanel::showLayer(const LoadFrame& frame)
{
    const std::size_t row = chosenRow();
    m_layerTitle->setText(
        tr("Layer %1: load / mean, and the bias that steers it").arg(layerName(frame.layers[row].layer)));
    m_layerTitle->setToolTip(
        tr("Bars: load over the mean load, smoothed over 20 steps; the line is an even load. Dots: the "
           "selection bias b of each expert, moved by γ × sign(mean load − load) after every step "
           "(DeepSeek-V3 report, section 2.1.2)."));
    m_bars->setData(frame.ratio[row], frame.layers[row].bias);
}

void ExpertLoadPanel::showDomains(const LoadFrame& frame)
{
    const std::size_t row = chosenRow();
    const bool there = row < frame.domain_share.size() && !frame.domain_share[row].empty();
    m_domains->setVisible(there);
    m_domainTitle->setVisible(there);
    if (!there) return;
    HeatmapData matrix;
    matrix.rows = static_cast<int>(frame.domain_share[row].size());
    matrix.columns = static_cast<int>(frame.experts);
    for (std::size_t d = 0; d < frame.domain_share[row].size(); ++d) {
        const auto& shares = frame.domain_share[row][d];
        const bool seen = std::any_of(shares.begin(), shares.end(), [](float s) { return s > 0; });
        for (const float share : shares)
            matrix.values.push_back(seen ? share * static_cast<float>(frame.experts) : std::nanf(""));
        matrix.rowLabels << (d < frame.domains.size() ? QString::fromStdString(frame.domains[d]) : QString::number(d));
    }
    m_domainTitle->setText(
        tr("Layer %1: which domain's tokens go to which expert").arg(layerName(frame.layers[row].layer)));
    m_domains->setData(matrix);
}

void ExpertLoadPanel::moveSelection()
{
    if (!m_frame || m_frame->layers.empty()) return;
    const auto expert = static_cast<int>(m_context.selection.expert());
    m_map->setSelected(m_context.selection.layer() < 0 ? -1 : static_cast<int>(chosenRow()), expert);
    m_bars->setSelected(expert);
    m_domains->setSelected(-1, expert);
    showLayer(*m_frame);
    showDomains(*m_frame);
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
    QString text =
        tr("Layer %1, expert %2: %3 × the mean load; %4 tokens in step %5")
            .arg(layerName(load.layer), countText(expert), fixedText(static_cast<double>(m_frame->ratio[i][e]), 2),
                 countText(load.counts[e]), countText(m_frame->step));
    if (e < load.bias.size()) text += tr("; bias %1").arg(fixedText(static_cast<double>(load.bias[e]), 4));
    QToolTip::showText(QCursor::pos(), text, m_map);
}

void ExpertLoadPanel::hoverDomain(int domain, int expert)
{
    const auto& map = m_domains->data();
    if (domain < 0 || domain >= map.rows || expert >= map.columns) return QToolTip::hideText();
    const double ratio = static_cast<double>(map.values[static_cast<std::size_t>(domain * map.columns + expert)]);
    QToolTip::showText(QCursor::pos(),
                       std::isnan(ratio) ? tr("%1: no token seen yet").arg(map.rowLabels[domain])
                                         : tr("%1 sends %2 of its choices to expert %3: %4 × an even share")
                                               .arg(map.rowLabels[domain], percentText(ratio / map.columns),
                                                    countText(expert), fixedText(ratio, 2)),
                       m_domains);
}

} // namespace

Panel* createExpertLoadPanel(const PanelContext& context, QWidget* parent)
{
    return new ExpertLoadPanel(context, parent);
}

} // namespace triptych

#include "expert_load_panel.moc"
