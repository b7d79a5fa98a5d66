// Which domain's tokens go to which expert, layer by layer: specialists show as orange cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/routed_layers.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/number_text.h"

#include <QBoxLayout>
#include <QStackedLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

constexpr int kNamed = 3;         // experts that a sentence names
constexpr int kListed = 2;        // and a row of the list
constexpr int kRoomForList = 680; // beside the map
constexpr int kListWidth = 320;
constexpr int kMapRow = 15;   // pixels of a row that has its label
constexpr int kMapEdges = 56; // labels and title below the map

class MoeDomainsPanel final : public LazyPanel {
    Q_OBJECT

public:
    MoeDomainsPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override
    {
        Panel::resizeEvent(event);
        arrange();
    }

private:
    void build();
    void connectAll();
    void arrange();
    void showSpecialists();
    std::vector<int> favourites(int domain) const; ///< the kNamed experts it goes to most
    void showEmpty();
    void showLayer();
    void tell(int domain, int expert);
    QString cellText(int domain, int expert) const;
    QString favouritesText(int domain) const;
    QString expertsText(int domain, int most) const;
    void choose(int domain, int expert);
    float ratio(int domain, int expert) const;
    std::int64_t mainLayers() const { return m_feed.run() ? m_feed.run()->layers : -1; }

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const LoadFrame> m_frame;
    std::size_t m_row = 0;
    int m_domain = 0;     ///< what is told of while nothing is pointed at

    QStackedLayout* m_pages;
    QLabel* m_empty;
    RoutedLayers* m_layers;
    ElidedLabel* m_readout;
    QBoxLayout* m_columns;
    HeatmapPlot* m_map;
    BarRows* m_specialists;
};

MoeDomainsPanel::MoeDomainsPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_pages(new QStackedLayout(this)), m_empty(emptyNote({}, this))
{
    build();
    connectAll();
    refresh();
}

void MoeDomainsPanel::build()
{
    auto* content = new QWidget(this);
    m_layers = new RoutedLayers(m_selection, content);
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_readout->setHint(
        tr("Of all choices that tokens of a domain made in this layer, the share that went to the expert, over an even "
           "share;\nsmoothed over 20 steps. Above 1 the expert is a specialist of that domain."));
    m_map = new HeatmapPlot(m_theme, HeatmapScale::Ratio, &ThemeColors::moe, content);
    m_map->setObjectName(QStringLiteral("domainMap"));
    m_map->setAxisTitles(tr("expert"), {});
    m_map->setAccessibleName(tr("Share of each expert in the choices of a domain, over an even share"));
    m_specialists = new BarRows(m_theme, &ThemeColors::moe, content);
    m_specialists->setObjectName(QStringLiteral("specialists"));
    m_specialists->setChoosable(true);
    m_specialists->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_specialists->setAccessibleName(tr("The most special experts of each domain"));
    m_specialists->setToolTip(tr("The experts that a domain's tokens choose most, with their share over an even one.\n"
                                 "The line is at 1; choosing a row chooses its first expert."));
    m_columns = new QBoxLayout(QBoxLayout::TopToBottom);
    m_columns->setSpacing(8);
    m_columns->addWidget(m_map, 1);
    m_columns->addWidget(m_specialists);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_layers, 0, Qt::AlignLeft);
    layout->addWidget(m_readout);
    layout->addLayout(m_columns, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
    giveFocusTo(*this, *m_map);
}

void MoeDomainsPanel::connectAll()
{
    connect(m_map, &HeatmapPlot::cellChosen, this, &MoeDomainsPanel::choose);
    connect(m_map, &HeatmapPlot::rowLabelChosen, this, [this](int domain) {
        m_domain = domain;
        tell(-1, -1);
    });
    connect(m_map, &HeatmapPlot::cellHovered, this, &MoeDomainsPanel::tell);
    connect(m_specialists, &BarRows::chosen, this, [this](int domain) { choose(domain, favourites(domain).front()); });
    connect(&m_feed, &RunFeed::loadsChanged, this, &MoeDomainsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::runStarted, this, &MoeDomainsPanel::refreshSoon);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Expert)) refreshSoon();
    });
}

/// The list stands beside the map, or below it where both have room for all domains; else the sentence has to do.
void MoeDomainsPanel::arrange()
{
    const bool beside = width() >= kRoomForList;
    const int above = m_layers->height() + m_readout->height() + 12;
    const int map = kMapEdges + kMapRow * m_map->data().rows;
    const bool below = !beside && height() >= above + map + m_specialists->fullHeight() + 8;
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_specialists->setVisible(beside || below);
    m_specialists->setMinimumHeight(below ? m_specialists->fullHeight() : 0);
    m_specialists->setMinimumWidth(beside ? kListWidth : 0);
    m_specialists->setMaximumWidth(beside ? kListWidth : QWIDGETSIZE_MAX);
}

void MoeDomainsPanel::refresh()
{
    m_frame = m_feed.loads();
    const bool there = m_frame && !m_frame->layers.empty() && !m_frame->domain_share.empty();
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (!there) return showEmpty();
    m_row = std::min(rowOfLayer(*m_frame, m_selection.layer()), m_frame->domain_share.size() - 1);
    m_layers->setLayers(*m_frame, mainLayers(), m_row);
    showLayer();
}

void MoeDomainsPanel::showEmpty()
{
    const auto* run = m_feed.run();
    if (run && run->experts == 0)
        m_empty->setText(tr("This model has no experts: every layer is dense."));
    else if (run && run->domains.size() < 2)
        m_empty->setText(tr("The data of this run have one domain only.\nWith built-in texts, or several files or "
                            "folders as data, you see here which experts become specialists of which."));
    else if (run && !m_feed.isLive())
        m_empty->setText(
            tr("The history of this run has no domains at this step: it was recorded without one.\nTrain it "
               "on (Run, Go on), and the next steps show them here."));
    else
        m_empty->setText(tr("Which experts become specialists of which domain appears here with the first training "
                            "steps:\na row for each domain, orange where its tokens go more often than by chance."));
}

float MoeDomainsPanel::ratio(int domain, int expert) const
{
    const HeatmapData& map = m_map->data();
    return map.values[static_cast<std::size_t>(domain * map.columns + expert)];
}

void MoeDomainsPanel::showLayer()
{
    const auto& shares = m_frame->domain_share[m_row];
    HeatmapData matrix;
    matrix.rows = static_cast<int>(shares.size());
    matrix.columns = static_cast<int>(m_frame->experts);
    for (std::size_t d = 0; d < shares.size(); ++d) {
        const bool seen = std::any_of(shares[d].begin(), shares[d].end(), [](float s) { return s > 0; });
        for (const float share : shares[d])
            matrix.values.push_back(seen ? share * static_cast<float>(m_frame->experts) : std::nanf(""));
        matrix.rowLabels << (d < m_frame->domains.size() ? QString::fromStdString(m_frame->domains[d])
                                                         : QString::number(d));
    }
    m_map->setData(matrix);
    m_map->setSelected(-1, static_cast<int>(m_selection.expert()));
    showSpecialists();
    tell(-1, -1);
}

void MoeDomainsPanel::choose(int domain, int expert)
{
    if (!m_frame || m_row >= m_frame->layers.size()) return;
    m_domain = domain;
    m_selection.setExpertOfLayer(m_frame->layers[m_row].layer, expert);
    tell(-1, -1); // the expert may be the same
}

void MoeDomainsPanel::tell(int domain, int expert)
{
    const HeatmapData& map = m_map->data();
    if (map.rows == 0) return;
    const bool pointed = domain >= 0 && domain < map.rows && expert >= 0 && expert < map.columns;
    m_specialists->setSelected(std::clamp(m_domain, 0, map.rows - 1));
    const QString text = pointed ? cellText(domain, expert) : favouritesText(std::clamp(m_domain, 0, map.rows - 1));
    m_readout->setText(text);
    m_map->setAccessibleDescription(text);
}

QString MoeDomainsPanel::cellText(int domain, int expert) const
{
    const auto value = static_cast<double>(ratio(domain, expert));
    const QString& name = m_map->data().rowLabels[domain];
    if (std::isnan(value)) return tr("%1: no token seen yet").arg(name);
    return tr("%1 sends %2 of its choices to expert %3: %4 × an even share")
        .arg(name, percentText(value / m_map->data().columns), countText(expert), fixedText(value, 2));
}

std::vector<int> MoeDomainsPanel::favourites(int domain) const
{
    std::vector<int> experts(static_cast<std::size_t>(m_map->data().columns));
    std::iota(experts.begin(), experts.end(), 0);
    const std::size_t count = std::min(static_cast<std::size_t>(kNamed), experts.size());
    std::partial_sort(experts.begin(), experts.begin() + static_cast<std::ptrdiff_t>(count), experts.end(),
                      [&](int a, int b) { return ratio(domain, a) > ratio(domain, b); });
    experts.resize(count);
    return experts;
}

QString MoeDomainsPanel::expertsText(int domain, int most) const
{
    QStringList parts;
    for (const int expert : favourites(domain))
        if (parts.size() < most)
            parts << tr("%1 (%2×)", "an expert and its share over an even one")
                         .arg(countText(expert), fixedText(static_cast<double>(ratio(domain, expert)), 1));
    return parts.join(tr(", "));
}

QString MoeDomainsPanel::favouritesText(int domain) const
{
    const QString& name = m_map->data().rowLabels[domain];
    if (std::isnan(ratio(domain, 0))) return tr("%1: no token seen yet").arg(name);
    return tr("%1 goes most to experts %2").arg(name, expertsText(domain, kNamed));
}

void MoeDomainsPanel::showSpecialists()
{
    std::vector<BarRow> rows;
    double top = 2;
    for (int d = 0; d < m_map->data().rows; ++d) {
        BarRow row{.name = m_map->data().rowLabels[d], .number = noNumber(), .explanation = favouritesText(d)};
        if (!std::isnan(ratio(d, 0))) {
            row.value = static_cast<double>(ratio(d, favourites(d).front()));
            row.number = expertsText(d, kListed);
        }
        top = std::max(top, row.value);
        rows.push_back(std::move(row));
    }
    m_specialists->setRows(std::move(rows), top, 1);
    arrange();
}

std::vector<Twin> MoeDomainsPanel::twins()
{
    const auto frame = m_feed.loads();
    if (!frame || frame->domain_share.empty() || frame->experts == 0) return {};
    const auto experts = static_cast<int>(frame->experts);
    const auto domains = static_cast<int>(frame->domain_share.front().size());
    const auto cell = [frame, experts, domains, main = mainLayers()](int row, int column) -> QVariant {
        const auto i = static_cast<std::size_t>(row / experts / domains);
        const auto d = static_cast<std::size_t>(row / experts % domains);
        const auto e = static_cast<std::size_t>(row % experts);
        switch (column) {
        case 0: return layerCell(frame->layers[i].layer, main);
        case 1:
            return d < frame->domains.size() ? QString::fromStdString(frame->domains[d])
                                             : QString::number(row / experts % domains);
        case 2: return row % experts;
        case 3: return frame->domain_share[i][d][e];
        default: return frame->domain_share[i][d][e] * static_cast<float>(experts);
        }
    };
    return {twinTable(
        *this, "domains", tr("Choices of each domain, step %1").arg(countText(frame->step)),
        {tr("layer"), tr("domain"), tr("expert"), tr("share of the domain's choices"), tr("share / even share")},
        static_cast<int>(frame->domain_share.size()) * domains * experts, cell)};
}

} // namespace

Panel* createMoeDomainsPanel(const PanelContext& context, QWidget* parent)
{
    return new MoeDomainsPanel(context, parent);
}

} // namespace triptych

#include "moe_domains_panel.moc"
