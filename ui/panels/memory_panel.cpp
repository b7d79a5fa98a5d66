// What the memory of the training is for, and where the time of its steps goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/kernel_model.h"
#include "ui/models/memory_models.h"
#include "ui/models/twin_table.h"
#include "ui/panels/panel.h"
#include "ui/widgets/bar_delegate.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/steady_width.h"
#include "ui/widgets/type_follower.h"
#include "ui/widgets/window_cost_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace triptych {

namespace {

constexpr int kGap = 12;

QString widestRegion()
{
    QString widest;
    for (int region = 1; region <= PlanEntry::kRegions; ++region)
        widest = std::max(widest, regionTitle(static_cast<PlanEntry::Region>(region)),
                          [](const QString& a, const QString& b) { return a.size() < b.size(); });
    return widest;
}

class MemoryPanel final : public Panel {
    Q_OBJECT

public:
    MemoryPanel(const PanelContext& context, QWidget* parent);

    WatchSet watches() const override { return {.probe = false, .kernels = true}; }
    std::vector<Twin> twins() override;
    QVariantMap saveState() const override { return {{QStringLiteral("region"), static_cast<int>(m_region)}}; }
    void restoreState(const QVariantMap& state) override;

private:
    QTableView* table(QAbstractItemModel* model, const QString& name, QColor ThemeColors::*color);
    void sizeColumns(QTableView* view, std::initializer_list<std::pair<int, QString>> widest, int stretched);
    QWidget* column(ElidedLabel* caption, QWidget* content);
    void choose(PlanEntry::Region region);
    void showPlan();
    void showKernels();
    void showKernelCaption();
    void showWindowCost();

    const PanelContext m_context;
    RunFeed& m_feed;
    PlanEntry::Region m_region = PlanEntry::Region::Kept;
    RegionModel* m_regions;
    PlanModel* m_parts;
    KernelModel* m_kernels;
    ElidedLabel* m_memoryCaption;
    ElidedLabel* m_partsCaption;
    ElidedLabel* m_kernelCaption;
    ElidedLabel* m_windowCost;
    QTableView* m_regionTable;
    QStackedWidget* m_memoryPages;
    QStackedWidget* m_kernelPages;
    QLabel* m_kernelNote;
};

MemoryPanel::MemoryPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_feed(context.feed), m_regions(new RegionModel(this)),
      m_parts(new PlanModel(this)), m_kernels(new KernelModel(this)), m_memoryCaption(new ElidedLabel),
      m_partsCaption(new ElidedLabel), m_kernelCaption(new ElidedLabel), m_windowCost(new ElidedLabel),
      m_memoryPages(new QStackedWidget), m_kernelPages(new QStackedWidget), m_kernelNote(emptyNote({}))
{
    m_memoryCaption->setObjectName(QStringLiteral("memoryCaption"));
    m_kernelCaption->setObjectName(QStringLiteral("kernelCaption"));
    m_kernelNote->setObjectName(QStringLiteral("kernelNote"));
    m_windowCost->setObjectName(QStringLiteral("windowCost"));
    m_windowCost->setHint(windowCostHint());

    m_regionTable = table(m_regions, QStringLiteral("regionTable"), &ThemeColors::mla);
    m_regionTable->setAccessibleName(tr("Memory by what it is for"));
    sizeColumns(m_regionTable,
                {{RegionModel::NameColumn, widestRegion()}, {RegionModel::BytesColumn, QStringLiteral("999.9 MB")}},
                RegionModel::BarColumn);
    QTableView* parts = table(m_parts, QStringLiteral("partTable"), &ThemeColors::mla);
    parts->setAccessibleName(tr("Parts of the chosen memory"));
    sizeColumns(parts,
                {{PlanModel::ShapeColumn, QStringLiteral("256×2048×512 bf16")},
                 {PlanModel::BytesColumn, QStringLiteral("999.9 MB")},
                 {PlanModel::PlaceColumn, QString(12, QLatin1Char('0'))}},
                PlanModel::NameColumn);
    QTableView* kernels = table(m_kernels, QStringLiteral("kernelTable"), &ThemeColors::throughput);
    kernels->setAccessibleName(tr("Time by op"));
    sizeColumns(kernels,
                {{KernelModel::TimeColumn, tr("ms / step")},
                 {KernelModel::ShareColumn, QStringLiteral("99.9 %")},
                 {KernelModel::BarColumn, QString(8, QLatin1Char('0'))},
                 {KernelModel::FlopsColumn, tr("GFLOP/s")},
                 {KernelModel::PeakColumn, tr("of peak")},
                 {KernelModel::BytesColumn, QStringLiteral("999.9")},
                 {KernelModel::CallsColumn, QStringLiteral("9,999")}},
                KernelModel::NameColumn);

    auto* memory = new QWidget;
    auto* memoryLayout = new QHBoxLayout(memory);
    memoryLayout->setContentsMargins(0, 0, 0, 0);
    memoryLayout->setSpacing(kGap);
    QWidget* regions = column(m_memoryCaption, m_regionTable);
    keepWidth(*regions, widestRegion() + QString(24, QLatin1Char('0')), 0);
    memoryLayout->addWidget(regions);
    memoryLayout->addWidget(column(m_partsCaption, parts), 1);
    m_memoryPages->addWidget(emptyNote(tr("Here you will see what the memory of a training is for: weights, gradients, "
                                          "moments, activations, scratch.\nStart or open a run.")));
    m_memoryPages->addWidget(memory);
    m_kernelPages->addWidget(m_kernelNote);
    m_kernelPages->addWidget(column(m_kernelCaption, kernels));

    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(kGap);
    halves->addWidget(m_memoryPages);
    halves->addWidget(m_kernelPages);
    halves->setStretchFactor(0, 5);
    halves->setStretchFactor(1, 4);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(halves, 1);
    layout->addWidget(m_windowCost);

    connect(m_regionTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) choose(m_regions->regionOf(current.row()));
            });
    connect(&m_feed, &RunFeed::planChanged, this, &MemoryPanel::showPlan);
    connect(&m_feed, &RunFeed::kernelsChanged, this, &MemoryPanel::showKernels);
    // Another moment may have the same frame, or none still.
    connect(&m_feed, &RunFeed::numbersChanged, this, [this] {
        if (m_feed.kernels())
            showKernelCaption();
        else
            showKernels();
    });
    connect(&m_feed, &RunFeed::stateChanged, this, [this] {
        showKernels();
        showWindowCost();
    });
    connect(&m_feed, &RunFeed::windowCostChanged, this, &MemoryPanel::showWindowCost);
    connect(&m_context.theme, &Theme::changed, this, &MemoryPanel::showWindowCost);
    connect(&m_feed, &RunFeed::runStarted, this, [this] {
        showPlan();
        showKernels();
    });
    showPlan();
    showKernels();
    showWindowCost();
}

QTableView* MemoryPanel::table(QAbstractItemModel* model, const QString& name, QColor ThemeColors::*color)
{
    auto* view = new QTableView;
    view->setObjectName(name);
    view->setModel(model);
    view->setItemDelegate(new BarDelegate(m_context.theme, color, view));
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTextElideMode(Qt::ElideMiddle);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    followType(*view, 5);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    return view;
}

void MemoryPanel::sizeColumns(QTableView* view, std::initializer_list<std::pair<int, QString>> widest, int stretched)
{
    QHeaderView* header = view->horizontalHeader();
    for (const auto& [section, text] : widest)
        header->resizeSection(section, fontMetrics().horizontalAdvance(text) + 18);
    header->setSectionResizeMode(stretched, QHeaderView::Stretch);
    header->setMinimumSectionSize(24);
}

QWidget* MemoryPanel::column(ElidedLabel* caption, QWidget* content)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(caption);
    layout->addWidget(content, 1);
    return box;
}

void MemoryPanel::choose(PlanEntry::Region region)
{
    m_region = region;
    const auto& plan = m_feed.plan();
    m_parts->show(plan ? plan->rows : nullptr, region);
    m_partsCaption->setText(
        tr("%1: %2 parts", "of a memory region").arg(regionTitle(region), countText(m_parts->rowCount())));
    m_partsCaption->setHint(regionHint(region));
}

void MemoryPanel::showPlan()
{
    const auto& plan = m_feed.plan();
    const bool known = plan && plan->rows && !plan->rows->empty();
    m_memoryPages->setCurrentIndex(known ? 1 : 0);
    const PlanEntry::Region wanted = m_region; // a table without rows would choose another
    m_regions->show(known ? plan->rows : nullptr);
    if (!known) {
        m_parts->show(nullptr, wanted);
        return;
    }
    const auto planned = static_cast<double>(m_regions->totalBytes());
    const auto held = static_cast<double>(plan->held_bytes);
    m_memoryCaption->setText(plan->held_bytes == 0
                                 ? tr("planned %1").arg(bytesText(planned))
                                 : tr("planned %1, held %2").arg(bytesText(planned), bytesText(held)));
    m_memoryCaption->setHint(
        plan->held_bytes == 0
            ? tr("What the training of this run is planned for, by its settings. Nothing of it is held here: the run\n"
                 "is read from its folder.")
            : tr("Memory is planned before the first step and taken once; a step takes no more.\n"
                 "Held is what was taken from the system: the plan, and less than 64 bytes between two "
                 "buffers.\nTexts, recorded curves and the window are not in it."));
    const int row = std::max(0, m_regions->rowOf(wanted));
    m_regionTable->selectRow(row);
    choose(m_regions->regionOf(row));
}

void MemoryPanel::showKernels()
{
    const auto frame = m_feed.kernels();
    m_kernels->show(frame);
    m_kernelPages->setCurrentIndex(frame ? 1 : 0);
    showKernelCaption();
    if (m_feed.isHeld())
        m_kernelNote->setText(tr("No time by op was kept before step %1.").arg(countText(m_feed.shownStep())));
    else if (m_feed.isLive())
        m_kernelNote->setText(tr("Time by op appears with the next steps: one step in five is observed."));
    else
        m_kernelNote->setText(
            tr("Here you will see how long each op of a step takes, and how near it comes to the "
               "peak of this machine.\nIt is observed while a run trains, and kept in its history; "
               "runs of older versions have none. \"triptych bench train\" measures it at any time."));
}

void MemoryPanel::showKernelCaption()
{
    const auto frame = m_feed.kernels();
    if (!frame) return;
    const bool kept = m_feed.isHeld() || !m_feed.isLive();
    QString text =
        (kept ? tr("as at step %1: %2 ms, peak %3 GFLOP/s") : tr("step %1: %2 ms, peak %3 GFLOP/s"))
            .arg(countText(frame->step), fixedText(frame->seconds * 1e3, 1), fixedText(frame->peak_flops / 1e9, 0));
    if (frame->peak_bytes_per_second > 0)
        text += tr(", memory %1 GB/s").arg(fixedText(frame->peak_bytes_per_second / 1e9, 1));
    QString hint =
        tr("The step of median length among the last seven that were observed, one in five.\nThe peak is the best "
           "matrix product, the memory's speed that of reading 256 MiB (once this page was open), both measured where "
           "the run trained.");
    if (kept)
        hint +=
            QLatin1Char('\n') + tr("Frames are kept at some steps only; this is the newest one at or before step %1.")
                                    .arg(countText(m_feed.shownStep()));
    m_kernelCaption->setText(text);
    m_kernelCaption->setHint(hint);
}

void MemoryPanel::showWindowCost()
{
    // What was not measured and will not be is not told; before the first measure there is a place for it.
    m_windowCost->setVisible(m_feed.isLive() || m_feed.windowCost());
    m_windowCost->setText(windowCostText(m_feed.windowCost()));
    m_windowCost->setColor(m_context.theme.colors().muted);
}

void MemoryPanel::restoreState(const QVariantMap& state)
{
    const int region = state.value(QStringLiteral("region")).toInt();
    if (region < 1 || region > PlanEntry::kRegions) return;
    m_region = static_cast<PlanEntry::Region>(region);
    showPlan();
}

std::vector<Twin> MemoryPanel::twins()
{
    std::vector<Twin> all;
    const auto& plan = m_feed.plan();
    if (plan && plan->rows) {
        const auto parts = [rows = plan->rows](int row, int column) -> QVariant {
            const PlanEntry& part = (*rows)[static_cast<std::size_t>(row)];
            QStringList shape;
            for (const std::int64_t n : part.shape) shape << QString::number(n);
            switch (column) {
            case 0: return regionTitle(part.region);
            case 1: return QString::fromStdString(part.name);
            case 2: return QString::fromStdString(part.dtype);
            case 3: return shape.join(QStringLiteral(" × "));
            case 4: return countCell(part.offset);
            default: return countCell(part.bytes);
            }
        };
        all.push_back(twinTable(*this, "parts", tr("Memory of the run, part by part"),
                                {tr("memory"), tr("part"), tr("type"), tr("shape"), tr("first byte"), tr("bytes")},
                                static_cast<int>(plan->rows->size()), parts));
    }
    if (const auto frame = m_feed.kernels()) {
        const auto rate = [](double amount, double seconds, double unit) {
            return amount > 0 && seconds > 0 && unit > 0 ? QVariant(amount / seconds / unit) : QVariant();
        };
        const auto ops = [frame, rate](int row, int column) -> QVariant {
            const KernelFrame::Row op = KernelModel::row(*frame, row);
            switch (column) {
            case 0: return QString::fromStdString(op.name);
            case 1: return op.calls > 0 ? QVariant(op.calls) : QVariant();
            case 2: return op.seconds * 1e3;
            case 3: return frame->seconds > 0 ? QVariant(op.seconds / frame->seconds) : QVariant();
            case 4: return rate(op.flops, op.seconds, 1e9);
            case 5: return rate(op.flops, op.seconds, frame->peak_flops);
            default: return rate(op.bytes, op.seconds, 1e9);
            }
        };
        all.push_back(twinTable(*this, "ops", tr("Time by op, step %1").arg(countText(frame->step)),
                                {tr("op"), tr("calls / step"), tr("ms / step"), tr("share of the step"), tr("GFLOP/s"),
                                 tr("share of the peak"), tr("GB/s")},
                                KernelModel::rows(*frame), ops));
    }
    return all;
}

} // namespace

Panel* createMemoryPanel(const PanelContext& context, QWidget* parent)
{
    return new MemoryPanel(context, parent);
}

} // namespace triptych

#include "memory_panel.moc"
