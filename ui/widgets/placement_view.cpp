// Two choosers, two bars, a sentence; and the GPUs one by one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/placement_view.h"

#include "ui/widgets/bar_rows.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>

namespace triptych {

namespace {

/// Fills a box with numbers and chooses the largest up to `wanted`, or the first.
void offer(QComboBox& box, const std::vector<std::int64_t>& numbers, std::int64_t wanted,
           QString (*text)(std::int64_t) = countText)
{
    const QSignalBlocker quiet(box);
    if (box.count() != static_cast<int>(numbers.size()) || box.itemData(0) != QVariant::fromValue(numbers.front()) ||
        box.itemData(box.count() - 1) != QVariant::fromValue(numbers.back())) {
        box.clear();
        for (const std::int64_t n : numbers) box.addItem(text(n), QVariant::fromValue(n));
    }
    int chosen = 0;
    for (int i = 0; i < box.count(); ++i)
        if (numbers[static_cast<std::size_t>(i)] <= wanted) chosen = i;
    box.setCurrentIndex(chosen);
}

constexpr int kSpacing = 6; ///< between choosers and words

QString nodesText(std::int64_t n)
{
    return n == 1 ? PlacementView::tr("1 node") : PlacementView::tr("%1 nodes").arg(countText(n));
}

/// "3, 7, 9 (2 of 3 copies)".
QString expertsText(const std::vector<std::int32_t>& experts, const std::map<std::int32_t, int>& places)
{
    QStringList names;
    std::vector<std::int32_t> sorted = experts;
    std::sort(sorted.begin(), sorted.end());
    for (const std::int32_t e : sorted)
        names << (places.at(e) > 1 ? PlacementView::tr("%1 (1 of %2)", "one copy of an expert").arg(e).arg(places.at(e))
                                   : QString::number(e));
    return names.join(QStringLiteral(", "));
}

} // namespace

PlacementView::PlacementView(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_bars(new BarRows(theme, &ThemeColors::moe, this)), m_words(new ElidedLabel(this)),
      m_ofStep(new ElidedLabel(this)), m_byGpu(new BarRows(theme, &ThemeColors::moe, this))
{
    m_choosers = new QBoxLayout(QBoxLayout::LeftToRight);
    m_choosers->setSpacing(kSpacing);
    m_where = addRow();
    m_what = addRow();
    m_choosers->addStretch(1);
    m_lead = mutedLabel(tr("What if on"), this);
    auto* where = m_where->layout();
    auto* what = m_what->layout();
    where->addWidget(m_lead);
    m_gpus = addBox(tr("GPUs"), tr("Over how many GPUs the experts of this layer are spread, as many on each"));
    where->addWidget(m_gpus);
    m_gpusOf = mutedLabel({}, this);
    where->addWidget(m_gpusOf);
    m_nodes = addBox(tr("Nodes"),
                     tr("In how many nodes the GPUs stand. The experts of a group stay on one node, so that a token "
                        "which chooses few groups is sent to few nodes:\nfirst groups are spread over nodes, then each "
                        "node packs its own experts and its share of the copies."));
    where->addWidget(m_nodes);
    m_with = mutedLabel(tr("with", "GPUs in 2 nodes with 8 copies"), this);
    what->addWidget(m_with);
    m_copies = addBox(tr("Copies of busy experts"),
                      tr("How many copies the busiest experts get, the same number of slots on each GPU.\nA copy takes "
                         "its share of the tokens, and memory."));
    what->addWidget(m_copies);
    what->addWidget(mutedLabel(tr("copies"), this));
    m_bars->setObjectName(QStringLiteral("placementBars"));
    m_bars->setAccessibleName(tr("Load of the busiest GPU over the mean"));
    m_bars->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_words->setObjectName(QStringLiteral("placementWords"));
    m_words->setHint(tr("If the time of a layer's experts is that of the busiest GPU and grows with its tokens.\nWhat "
                        "is sent between GPUs is not counted. Loads are the smoothed ones of each layer.\n"
                        "DeepSeek-V3 report, sections 3.4.1 and 3.4.2: redundant experts."));
    m_ofStep->setObjectName(QStringLiteral("placementOfStep"));
    m_ofStep->setHint(
        tr("While loads are even, the routed experts of a layer take their share of a step's FLOPs: 18 d m K of each "
           "token.\nElse as much longer as their busiest GPU has to do. Layers add up: each waits for its own busiest "
           "GPU."));
    m_byGpu->setObjectName(QStringLiteral("placementGpus"));
    m_byGpu->setAccessibleName(tr("Load of each GPU over the mean, packed"));
    m_byGpu->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    m_byGpu->setVisible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(m_choosers);
    layout->addWidget(m_bars);
    layout->addWidget(m_words);
    layout->addWidget(m_ofStep);
    layout->addWidget(m_byGpu, 1);
    connect(m_gpus, &QComboBox::activated, this, [this] {
        m_wantedGpus = gpus();
        place();
    });
    connect(m_nodes, &QComboBox::activated, this, [this] {
        m_wantedNodes = nodes();
        place();
    });
    connect(m_copies, &QComboBox::activated, this, [this] {
        m_wantedCopies = copies();
        place();
    });
}

void PlacementView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// A narrow place has two rows of choosers, and none of what a sentence would begin with.
void PlacementView::arrange()
{
    const int lead = m_lead->sizeHint().width() + kSpacing;
    const int where = m_where->sizeHint().width() - (m_lead->isHidden() ? 0 : lead);
    const int both = where + kSpacing + m_what->sizeHint().width();
    const bool beside = both <= width();
    m_lead->setVisible((beside ? both : where) + lead <= width());
    m_choosers->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

/// Of choosers, which asks for no width.
QWidget* PlacementView::addRow()
{
    auto* row = new QWidget(this);
    row->setMinimumWidth(1);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    layout->setAlignment(Qt::AlignLeft);
    m_choosers->addWidget(row);
    return row;
}

QComboBox* PlacementView::addBox(const QString& name, const QString& explanation)
{
    auto* box = new QComboBox(this);
    box->setAccessibleName(name);
    box->setToolTip(explanation);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

void PlacementView::setLoads(std::vector<double> loads, ExpertTime time, std::int64_t groups)
{
    m_loads = std::move(loads);
    m_time = std::move(time);
    m_modelGroups = std::max<std::int64_t>(groups, 1);
    place();
}

void PlacementView::setGpusVisible(bool visible)
{
    m_byGpu->setVisible(visible);
}

std::int64_t PlacementView::gpus() const
{
    return std::max<std::int64_t>(1, m_gpus->currentData().toLongLong());
}

std::int64_t PlacementView::nodes() const
{
    return std::max<std::int64_t>(1, m_nodes->currentData().toLongLong());
}

std::int64_t PlacementView::copies() const
{
    return m_copies->currentData().toLongLong();
}

/// Divisors of the number of experts.
void PlacementView::offerGpus()
{
    const auto experts = static_cast<std::int64_t>(m_loads.size());
    std::vector<std::int64_t> numbers;
    for (std::int64_t n = std::min<std::int64_t>(2, experts); n <= experts; ++n)
        if (experts % n == 0) numbers.push_back(n);
    offer(*m_gpus, numbers, m_wantedGpus);
}

/// What divides both GPUs and groups.
void PlacementView::offerNodes()
{
    std::vector<std::int64_t> numbers;
    for (std::int64_t n = 1; n <= std::min(gpus(), m_modelGroups); ++n)
        if (gpus() % n == 0 && m_modelGroups % n == 0) numbers.push_back(n);
    offer(*m_nodes, numbers, m_wantedNodes, nodesText);
    const bool grouped = m_modelGroups > 1;
    m_nodes->setVisible(grouped);
    m_with->setVisible(grouped);
    m_gpusOf->setText(grouped ? tr("GPUs in", "GPUs in 2 nodes") : tr("GPUs, with"));
}

/// One, two, four ... on each GPU, up to one for each expert.
void PlacementView::offerCopies()
{
    std::vector<std::int64_t> numbers = {0};
    for (std::int64_t n = gpus(); n <= static_cast<std::int64_t>(m_loads.size()); n *= 2) numbers.push_back(n);
    offer(*m_copies, numbers, m_wantedCopies);
}

void PlacementView::place()
{
    if (m_loads.empty()) return;
    offerGpus();
    offerNodes();
    offerCopies();
    arrange();
    auto before = place_in_order(m_loads, gpus());
    auto after = place_packed(m_loads, gpus(), copies(), {nodes(), m_modelGroups});
    if (!before || !after) return; // such numbers are not offered
    m_before = before.take();
    m_after = after.take();
    const auto row = [](const QString& name, const Placement& p, BarTone tone) {
        return BarRow{
            .name = name,
            .value = p.imbalance(),
            .number = tr("%1 × mean").arg(fixedText(p.imbalance(), 2)),
            .explanation =
                tr("%1: the busiest GPU has %2 times the mean load of all.").arg(name, fixedText(p.imbalance(), 2)),
            .tone = tone};
    };
    m_bars->setRows({row(tr("in order"), *m_before, BarTone::Muted), row(tr("packed"), *m_after, BarTone::Accent)},
                    std::max(2.0, m_before->imbalance()), 1);
    m_words->setText(
        tr("Packing would save %1 of the experts' time").arg(percentText(time_saved(*m_before, *m_after))));
    tellOfStep();
    showGpus();
    emit changed();
}

std::optional<double> PlacementView::savedOfStep() const
{
    if (!(m_time.share > 0) || m_time.loads.empty()) return std::nullopt;
    // With even loads a layer's experts take their share of the step; with these, as much longer as the busiest GPU.
    double step = 1;
    double saved = 0;
    for (const std::vector<double>& loads : m_time.loads) {
        const auto before = place_in_order(loads, gpus());
        const auto after = place_packed(loads, gpus(), copies(), {nodes(), m_modelGroups});
        if (!before || !after) return std::nullopt;
        step += m_time.share * (before->imbalance() - 1);
        saved += m_time.share * before->imbalance() * time_saved(*before, *after);
    }
    return saved / step;
}

void PlacementView::tellOfStep()
{
    const auto saved = savedOfStep();
    m_ofStep->setVisible(saved.has_value());
    if (!saved) return;
    const bool timed = std::isfinite(m_time.seconds) && m_time.seconds > 0;
    m_ofStep->setText(timed ? tr("and %1 of a step if all layers are packed: %2 of %3 ms")
                                  .arg(percentText(*saved), fixedText(1e3 * m_time.seconds * *saved, 1),
                                       fixedText(1e3 * m_time.seconds, 0))
                            : tr("and %1 of a step if all layers are packed").arg(percentText(*saved)));
}

void PlacementView::showGpus()
{
    std::map<std::int32_t, int> places;
    for (const auto& gpu : m_after->experts)
        for (const std::int32_t e : gpu) ++places[e];
    const double mean = m_after->mean();
    std::vector<BarRow> rows;
    for (std::size_t g = 0; g < m_after->load.size(); ++g) {
        const double ratio = mean > 0 ? m_after->load[g] / mean : 0;
        const auto gpu = static_cast<std::int64_t>(g);
        rows.push_back({.name = nodes() == 1
                                    ? tr("GPU %1").arg(countText(gpu))
                                    : tr("GPU %1, node %2").arg(countText(gpu), countText(gpu * nodes() / gpus())),
                        .value = ratio,
                        .number = tr("%1 × mean").arg(fixedText(ratio, 2)),
                        .explanation = tr("Experts %1").arg(expertsText(m_after->experts[g], places))});
    }
    m_byGpu->setRows(std::move(rows), std::max(2.0, m_before->imbalance()), 1);
    m_byGpu->setLeastNameWidth(m_bars->nameWidth());
    m_bars->setLeastNameWidth(m_byGpu->nameWidth());
}

QVariantMap PlacementView::saveState() const
{
    return {{QStringLiteral("gpus"), QVariant::fromValue(m_wantedGpus)},
            {QStringLiteral("nodes"), QVariant::fromValue(m_wantedNodes)},
            {QStringLiteral("copies"), QVariant::fromValue(m_wantedCopies)}};
}

void PlacementView::restoreState(const QVariantMap& state)
{
    bool known = false;
    const std::int64_t gpus = state.value(QStringLiteral("gpus")).toLongLong(&known);
    if (known && gpus >= 1) m_wantedGpus = gpus;
    const std::int64_t nodes = state.value(QStringLiteral("nodes")).toLongLong(&known);
    if (known && nodes >= 1) m_wantedNodes = nodes;
    const std::int64_t copies = state.value(QStringLiteral("copies")).toLongLong(&known);
    if (known && copies >= 0) m_wantedCopies = copies;
    place();
}

} // namespace triptych
