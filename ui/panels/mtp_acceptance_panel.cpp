// What speculative decoding would make of the MTP modules: drafts accepted in validations, by position, domain, depth.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/twin_table.h"
#include "ui/panels/lazy_panel.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/position_bars.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/whole_curve.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace triptych {

Panel* createMtpAcceptancePanel(const PanelContext& context, QWidget* parent);

namespace {

constexpr int kTwoColumnsFrom = 640; // px of width
constexpr int kReadoutGap = 14;
constexpr int kLowBars = 120;  // px of height, in one column
constexpr int kTallBars = 180; // in two
constexpr int kTallestBars = 420;
constexpr int kBesideBars = 100; // px that the rest takes in two columns
constexpr std::size_t kCurvePoints = 120;

class MtpAcceptancePanel final : public LazyPanel {
    Q_OBJECT

public:
    MtpAcceptancePanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;
    bool isLoading() const override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeReadouts(QWidget* parent);
    QWidget* makePositions(QWidget* parent);
    static QWidget* makeRows(FigureRows* rows, QLabel* below, QWidget* parent);
    static QWidget* makeLater(QWidget* parent);
    void arrange();
    void showEmpty();
    void showReadouts();
    void showPositions();
    void showDomains();
    std::vector<double> acceptedIn(std::size_t domain) const;
    QString draftsOf(std::size_t domain, std::int64_t step) const;
    void showDepths();
    FigureRow lossRow(const QString& name, MetricId loss, MetricId validation, const QString& accepted) const;
    WholeCurve curve(MetricId metric) const { return wholeCurve(m_series, metric, kCurvePoints); }
    FigureRow weightRow() const;
    /// λ, and the first step that it was in force in, for each time that it was changed.
    std::vector<std::pair<std::int64_t, double>> weights() const;
    QString weightText() const;
    std::int64_t depths() const { return m_feed.run() ? m_feed.run()->mtp_depth : 0; }
    std::int64_t shownStep() const;
    double validated(MetricId metric) const;
    /// The step of the last validation at or before the one shown that has this number.
    std::optional<std::int64_t> stepOf(MetricId metric) const;

    RunFeed& m_feed;
    const SeriesHub& m_series;
    const Theme& m_theme;

    QStackedLayout* m_pages;
    QLabel* m_empty;
    QWidget* m_content;
    QGridLayout* m_grid;
    QWidget* m_readouts;
    Readout* m_accepted;
    Readout* m_speedUp;
    Readout* m_loss;
    Readout* m_weight;
    QWidget* m_positionPart;
    QLabel* m_positionCaption;
    PositionBars* m_positions;
    QLabel* m_noPositions;
    QWidget* m_domainPart;
    FigureRows* m_domains;
    QWidget* m_depthPart;
    FigureRows* m_depths;
    QLabel* m_weights;
    QWidget* m_later;
};

MtpAcceptancePanel::MtpAcceptancePanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_series(context.series), m_theme(context.theme),
      m_pages(new QStackedLayout(this)), m_empty(emptyNote({}, this))
{
    m_content = new QWidget;
    auto* scroll = scrollColumn(m_content, tr("Accepted drafts"), this);
    scroll->setObjectName(QStringLiteral("scroll"));
    m_readouts = makeReadouts(m_content);
    m_positionPart = makePositions(m_content);
    m_domains = new FigureRows(m_theme, &ThemeColors::mtp, m_content);
    m_domains->setObjectName(QStringLiteral("domains"));
    m_domains->setAccessibleName(tr("Accepted drafts by domain"));
    m_domainPart = makeRows(m_domains, nullptr, m_content);
    m_depths = new FigureRows(m_theme, &ThemeColors::mtp, m_content);
    m_depths->setObjectName(QStringLiteral("depths"));
    m_depths->setAccessibleName(tr("Loss of the main model and of each MTP module, and the weight of the latter"));
    m_depths->setTitles(tr("loss over steps"), {tr("train"), tr("validation"), tr("accepted")});
    m_weights = mutedLabel({}, m_content);
    m_weights->setObjectName(QStringLiteral("weights"));
    m_weights->setWordWrap(true);
    m_weights->setToolTip(tr("How much the MTP loss counts, and since which step:\n"
                             "loss = main + λ × mean of the MTP losses. DeepSeek-V3 report, section 2.2, eq. 25."));
    m_depthPart = makeRows(m_depths, m_weights, m_content);
    m_later = makeLater(m_content);
    m_grid = new QGridLayout(m_content);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(24);
    m_grid->setVerticalSpacing(12);
    arrange();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(scroll);
    giveFocusTo(*this, *scroll);

    for (const auto change : {&RunFeed::runStarted, &RunFeed::numbersChanged, &RunFeed::acceptanceChanged})
        connect(&m_feed, change, this, &MtpAcceptancePanel::refreshSoon);
    connect(&m_feed, &RunFeed::settingChanged, this, &MtpAcceptancePanel::refreshSoon);
    connect(&m_feed, &RunFeed::stateChanged, this, &MtpAcceptancePanel::refreshSoon);
    for (const auto more : {&SeriesHub::changed, &SeriesHub::loaded})
        connect(&m_series, more, this, &MtpAcceptancePanel::refreshSoon);
    refresh();
}

QWidget* MtpAcceptancePanel::makeReadouts(QWidget* parent)
{
    auto* row = new QWidget(parent);
    m_accepted = new Readout(tr("MTP 1 accepted"), tr("%"), QStringLiteral("100"), {}, row);
    m_accepted->setObjectName(QStringLiteral("accepted"));
    m_speedUp = new Readout(tr("Implied speed-up"), tr("×"), QStringLiteral("9.99"), {}, row);
    m_speedUp->setObjectName(QStringLiteral("speedUp"));
    m_loss = new Readout(tr("MTP loss, validation"), tr("nats"), QStringLiteral("9.999"), {}, row);
    m_loss->setObjectName(QStringLiteral("loss"));
    m_weight = new Readout(tr("Weight λ"), {}, QStringLiteral("0.30"), {}, row);
    m_weight->setObjectName(QStringLiteral("weight"));
    m_weight->setExplanation(tr("How much the MTP loss counts: loss = main + λ × mean of the MTP losses.\n"
                                "DeepSeek-V3 report, section 2.2, eq. 25; there 0.3, later 0.1."));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kReadoutGap);
    for (Readout* readout : {m_accepted, m_speedUp, m_loss, m_weight}) layout->addWidget(readout);
    layout->addStretch(1);
    row->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // a narrow wing loses the last of them
    return row;
}

QWidget* MtpAcceptancePanel::makePositions(QWidget* parent)
{
    auto* part = new QWidget(parent);
    m_positionCaption = mutedLabel({}, part);
    m_positionCaption->setObjectName(QStringLiteral("positionCaption"));
    m_positionCaption->setWordWrap(true);
    m_positionCaption->setToolTip(
        tr("Each bar is a 32nd part of the sequences of the validation: the share of its drafts that the main model,\n"
           "having read the tokens between, would choose itself. DeepSeek-V3 report, section 5.4.3."));
    m_positions = new PositionBars(m_theme, &ThemeColors::mtp, part);
    m_noPositions = mutedLabel({}, part);
    m_noPositions->setWordWrap(true);
    m_noPositions->setObjectName(QStringLiteral("noPositions"));
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_positionCaption);
    layout->addWidget(m_positions);
    layout->addWidget(m_noPositions);
    layout->addStretch(1);
    return part;
}

QWidget* MtpAcceptancePanel::makeRows(FigureRows* rows, QLabel* below, QWidget* parent)
{
    auto* part = new QWidget(parent);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(rows);
    if (below) layout->addWidget(below);
    layout->addStretch(1);
    return part;
}

QWidget* MtpAcceptancePanel::makeLater(QWidget* parent)
{
    QLabel* note =
        mutedLabel(tr("Speculative decoding: the measured speed-up appears here in a later version."), parent);
    note->setObjectName(QStringLiteral("later"));
    note->setWordWrap(true);
    note->setAlignment(Qt::AlignCenter);
    note->setMargin(10);
    note->setFrameShape(QFrame::StyledPanel);
    note->setToolTip(
        tr("What is above is implied: it counts drafts that the main model would choose itself. Measured\n"
           "would be tokens per second of generation with and without drafts; this version does not draft\n"
           "while it generates."));
    return note;
}

void MtpAcceptancePanel::arrange()
{
    const bool two = width() >= kTwoColumnsFrom;
    for (QWidget* part : {m_readouts, m_positionPart, m_domainPart, m_depthPart, m_later}) m_grid->removeWidget(part);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, two ? 1 : 0);
    m_grid->setRowStretch(5, 1);
    m_positions->setFixedHeight(two ? std::clamp(height() - kBesideBars, kTallBars, kTallestBars) : kLowBars);
    m_grid->addWidget(m_readouts, 0, 0, 1, two ? 2 : 1);
    m_grid->addWidget(m_positionPart, 1, 0, two ? 3 : 1, 1);
    if (two) {
        m_grid->addWidget(m_domainPart, 1, 1);
        m_grid->addWidget(m_depthPart, 2, 1);
        m_grid->addWidget(m_later, 3, 1);
    } else {
        m_grid->addWidget(m_domainPart, 2, 0);
        m_grid->addWidget(m_depthPart, 3, 0);
        m_grid->addWidget(m_later, 4, 0);
    }
}

/// Live, a validation is told with its bars as it comes: numbers that stand still for a moment would be of another one.
std::int64_t MtpAcceptancePanel::shownStep() const
{
    const auto frame = m_feed.acceptance();
    return m_feed.isHeld() || !frame ? m_feed.shownStep() : std::max(m_feed.shownStep(), frame->step);
}

double MtpAcceptancePanel::validated(MetricId metric) const
{
    return m_feed.isHeld() ? m_feed.value(metric) : m_feed.series().at(metric, shownStep());
}

std::optional<std::int64_t> MtpAcceptancePanel::stepOf(MetricId metric) const
{
    const auto at = m_feed.series().indexed(metric).indexAt(static_cast<double>(shownStep()));
    if (!at) return std::nullopt;
    return m_feed.series().series(metric).steps[*at];
}

void MtpAcceptancePanel::refresh()
{
    const bool there = depths() > 0 && stepOf({Metric::DepthAcceptance, 1}).has_value();
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (!there) return showEmpty();
    showReadouts();
    showPositions();
    showDomains();
    showDepths();
}

void MtpAcceptancePanel::showEmpty()
{
    const auto* run = m_feed.run();
    if (run && run->mtp_depth == 0)
        m_empty->setText(tr("This model has no MTP module, so nothing is drafted.\nA model with "
                            "num_nextn_predict_layers of 1 or more drafts tokens further on."));
    else if (run && m_feed.isHeld())
        m_empty->setText(
            tr("No validation before step %1 counted accepted drafts.").arg(countText(m_feed.shownStep())));
    else if (run && !m_feed.isLive())
        m_empty->setText(tr("Accepted drafts were not recorded in this run.\nTrain it on: each validation (setting "
                            "eval_every) counts them."));
    else
        m_empty->setText(tr("Here you will see how many drafts of the MTP modules the main model would choose itself: "
                            "by position, by domain, by depth.\nThe first validation of a run counts them (setting "
                            "eval_every)."));
}

void MtpAcceptancePanel::showReadouts()
{
    const std::int64_t step = *stepOf({Metric::DepthAcceptance, 1});
    m_accepted->setValue(fixedText(100 * validated({Metric::DepthAcceptance, 1}), 0));
    m_accepted->setExplanation(tr("Drafts of MTP 1 that the main model, having read the token between, would choose\n"
                                  "itself: %1 of those in the validation after step %2.\n"
                                  "DeepSeek-V3 report, section 5.4.3: 85 to 90 %.")
                                   .arg(percentText(validated({Metric::DepthAcceptance, 1})), countText(step)));
    m_speedUp->setValue(fixedText(validated(Metric::ValSpeedUp), 2));
    m_speedUp->setExplanation(
        tr("Tokens per step of the main model if drafts that it would choose itself are kept:\n"
           "1 + p1 + p1 p2 + …, p the share of accepted drafts of a depth where those before it were accepted.\n"
           "Drafting not counted, and greedy choice assumed; implied by the validation after step %1, not measured.\n"
           "DeepSeek-V3 report, section 5.4.3: 1.8.")
            .arg(countText(step)));
    m_loss->setValue(fixedText(validated(Metric::ValMtpLoss), 3));
    m_loss->setExplanation(tr("Mean cross entropy of the MTP modules in the validation after step %1, in nats per\n"
                              "token, before its weight. The main model: %2.\nDeepSeek-V3 report, section 2.2, eq. 24.")
                               .arg(countText(step), fixedText(validated(Metric::ValLoss), 3)));
    m_weight->setValue(fixedText(m_feed.settingShown("mtp_loss_weight", Metric::MtpLossWeight), 2));
}

void MtpAcceptancePanel::showPositions()
{
    const std::int64_t step = *stepOf({Metric::DepthAcceptance, 1});
    const auto frame = m_feed.acceptance();
    const bool there = frame && frame->step == step && !frame->by_position.empty();
    const bool isAhead = !m_feed.isHeld() && frame && frame->step > step; // its numbers come with the next look
    if (isAhead && m_positions->isVisible()) return;
    m_positions->setVisible(there);
    m_noPositions->setVisible(!there);
    m_positionCaption->setText(
        depths() > 1
            ? tr("accepted by position (strong to pale: MTP 1 to %1), after step %2").arg(depths()).arg(countText(step))
            : tr("accepted by position, validation after step %1").arg(countText(step)));
    m_noPositions->setText(tr("The run kept the shares of this validation by depth and domain, not by position."));
    if (!there) return;
    std::vector<std::vector<PartOfWhole>> bars;
    for (const auto& depth : frame->by_position) {
        bars.emplace_back();
        for (const auto& count : depth) bars.back().push_back({count.accepted, count.drafts});
    }
    m_positions->setBars(std::move(bars));
}

/// Share of each module's drafts; not-a-number where the run did not keep it, as older versions did of MTP 1 alone.
std::vector<double> MtpAcceptancePanel::acceptedIn(std::size_t domain) const
{
    const MetricId first(Metric::DomainAcceptance, static_cast<std::int64_t>(domain));
    const auto step = stepOf(first);
    const auto frame = m_feed.acceptance();
    std::vector<double> shares(static_cast<std::size_t>(std::max<std::int64_t>(depths(), 1)), std::nan(""));
    shares[0] = validated(first);
    if (!step || !frame || frame->step != *step) return shares;
    for (std::size_t depth = 1; depth < std::min(shares.size(), frame->by_domain.size()); ++depth) {
        if (domain >= frame->by_domain[depth].size()) continue;
        const auto& count = frame->by_domain[depth][domain];
        if (count.drafts > 0) shares[depth] = static_cast<double>(count.accepted) / static_cast<double>(count.drafts);
    }
    return shares;
}

/// How many they were, a line for each module; empty where they were not kept of this validation.
QString MtpAcceptancePanel::draftsOf(std::size_t domain, std::int64_t step) const
{
    const auto frame = m_feed.acceptance();
    if (!frame || frame->step != step) return {};
    QString lines;
    for (std::size_t depth = 0; depth < frame->by_domain.size(); ++depth) {
        if (domain >= frame->by_domain[depth].size()) continue;
        const auto& count = frame->by_domain[depth][domain];
        lines += tr("\nMTP %1: %2 of %3 drafts accepted.")
                     .arg(depth + 1)
                     .arg(countText(count.accepted), countText(count.drafts));
    }
    return lines;
}

void MtpAcceptancePanel::showDomains()
{
    const std::vector<std::string>& names = m_feed.run()->domains;
    std::vector<FigureRow> rows;
    for (std::size_t d = 0; d < names.size(); ++d) {
        const auto number = static_cast<std::int64_t>(d);
        const double loss = validated({Metric::DomainValLoss, number});
        const auto step = stepOf({Metric::DomainAcceptance, number});
        FigureRow row;
        row.name = QString::fromStdString(names[d]);
        row.shares = acceptedIn(d);
        QStringList shares;
        for (const double share : row.shares) shares << percentText(share, 0);
        row.numbers = QStringList{shares.join(QStringLiteral(" · ")), fixedText(loss, 2)};
        row.explanation =
            step ? tr("%1: MTP 1 has %2 of its drafts accepted; the main model's loss is %3 nats per token.\n"
                      "Validation after step %4.")
                       .arg(row.name, percentText(row.shares[0]), fixedText(loss, 3), countText(*step))
                 : tr("%1: no text of it was in a validation so far.").arg(row.name);
        if (step) row.explanation += draftsOf(d, *step);
        rows.push_back(std::move(row));
    }
    m_domainPart->setVisible(!rows.empty());
    m_domains->setTitles(depths() > 1 ? tr("by domain (strong to pale: MTP 1 to %1)").arg(depths()) : tr("by domain"),
                         {tr("accepted"), tr("loss, nats")});
    m_domains->setRows(std::move(rows));
}

bool MtpAcceptancePanel::isLoading() const
{
    const auto loads = [this](MetricId metric) { return curve(metric).loading; };
    bool any = loads(Metric::MainLoss) || loads(Metric::MtpLossWeight);
    for (std::int64_t depth = 1; depth <= depths(); ++depth) any |= loads({Metric::DepthLoss, depth});
    return any;
}

FigureRow MtpAcceptancePanel::lossRow(const QString& name, MetricId loss, MetricId validation,
                                      const QString& accepted) const
{
    FigureRow row;
    row.name = name;
    WholeCurve whole = curve(loss);
    row.curve = std::move(whole.points);
    row.numbers = QStringList{fixedText(m_feed.calm(loss), 3), fixedText(validated(validation), 3), accepted};
    row.explanation =
        tr("%1: cross entropy in nats per token. Training: mean of the last 20 steps; the curve has the\n"
           "whole run, %2 of %3 points: first, smallest, largest and last of each pixel, so that no spike\n"
           "is lost; crosses: no finite number. One scale for all rows.\n"
           "DeepSeek-V3 report, section 2.2, eq. 24.")
            .arg(name, countText(static_cast<std::int64_t>(row.curve.size())),
                 countText(static_cast<std::int64_t>(whole.of)));
    return row;
}

void MtpAcceptancePanel::showDepths()
{
    std::vector<FigureRow> rows = {lossRow(tr("main"), Metric::MainLoss, Metric::ValLoss, {})};
    for (std::int64_t depth = 1; depth <= depths(); ++depth)
        rows.push_back(lossRow(tr("MTP %1").arg(depth), {Metric::DepthLoss, depth}, {Metric::DepthValLoss, depth},
                               percentText(validated({Metric::DepthAcceptance, depth}), 0)));
    if (FigureRow weight = weightRow(); !weight.curve.empty()) rows.push_back(std::move(weight));
    m_depths->setRows(std::move(rows));
    m_weights->setText(weightText());
}

/// Without a curve where the run did not record it.
FigureRow MtpAcceptancePanel::weightRow() const
{
    FigureRow row;
    row.name = tr("weight λ");
    row.curve = curve(Metric::MtpLossWeight).points;
    row.ownHeight = true;
    row.numbers = QStringList{fixedText(m_feed.value(Metric::MtpLossWeight), 2), {}, {}};
    const auto largest = std::max_element(row.curve.begin(), row.curve.end(),
                                          [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
    row.explanation = tr("How much the MTP loss counts: loss = main + λ × mean of the MTP losses. In step %1: %2.\n"
                         "The curve has the whole run, from 0 to %3.\n"
                         "DeepSeek-V3 report, section 2.2, eq. 25: 0.3, later 0.1.")
                          .arg(countText(m_feed.shownStep()), row.numbers.front(),
                               fixedText(largest == row.curve.end() ? std::nan("") : largest->y(), 2));
    return row;
}

std::vector<std::pair<std::int64_t, double>> MtpAcceptancePanel::weights() const
{
    const auto* run = m_feed.run();
    std::vector<std::pair<std::int64_t, double>> all = {{run->first_step + 1, run->mtp_loss_weight}};
    for (const SettingMark& mark : m_feed.marks())
        if (mark.key == QLatin1String("mtp_loss_weight")) all.emplace_back(mark.step + 1, mark.value);
    return all;
}

QString MtpAcceptancePanel::weightText() const
{
    QStringList parts;
    for (const auto& [step, weight] : weights())
        parts << (parts.empty() ? tr("λ %1 from step %2") : tr("%1 from step %2"))
                     .arg(fixedText(weight, 2), countText(step));
    return parts.join(tr(", "));
}

void MtpAcceptancePanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    arrange();
    int used = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    for (Readout* readout : {m_accepted, m_speedUp, m_loss, m_weight}) {
        used += readout->minimumSizeHint().width();
        readout->setVisible(used <= width());
        used += kReadoutGap;
    }
}

std::vector<Twin> MtpAcceptancePanel::twins()
{
    const auto* run = m_feed.run();
    if (!run || depths() == 0) return {};
    std::vector<Twin> all;
    const auto frame = m_feed.acceptance();
    if (frame && !frame->by_position.empty()) {
        constexpr int kBins = AcceptanceFrame::kPositions;
        const auto cell = [frame](int row, int column) -> QVariant {
            const auto& count =
                frame->by_position[static_cast<std::size_t>(row / kBins)][static_cast<std::size_t>(row % kBins)];
            switch (column) {
            case 0: return row / kBins + 1;
            case 1: return row % kBins + 1;
            case 2: return countCell(count.drafts);
            case 3: return countCell(count.accepted);
            default: return count.drafts > 0 ? QVariant(1.0 * count.accepted / count.drafts) : QVariant();
            }
        };
        all.push_back(twinTable(
            *this, "positions", tr("Accepted drafts by position, step %1").arg(countText(frame->step)),
            {tr("MTP module"), tr("part of the sequence (of 32)"), tr("drafts"), tr("accepted"), tr("share accepted")},
            static_cast<int>(frame->by_position.size()) * kBins, cell));
    }
    const auto domains = [this, names = run->domains](int row, int column) -> QVariant {
        const auto domain = static_cast<std::size_t>(row);
        if (column == 0) return QString::fromStdString(names[domain]);
        if (column > depths()) return validated({Metric::DomainValLoss, row});
        return acceptedIn(domain)[static_cast<std::size_t>(column - 1)];
    };
    QStringList titles{tr("domain")};
    for (std::int64_t depth = 1; depth <= depths(); ++depth) titles << tr("share of MTP %1 accepted").arg(depth);
    titles << tr("validation loss (nats/token)");
    all.push_back(twinTable(*this, "domains", tr("Accepted drafts by domain"), titles,
                            static_cast<int>(run->domains.size()), domains));
    const auto losses = [this](int depth, int column) -> QVariant {
        if (column == 0) return depth == 0 ? tr("main") : tr("MTP %1").arg(depth);
        if (column == 1)
            return m_feed.calm(depth == 0 ? MetricId(Metric::MainLoss) : MetricId{Metric::DepthLoss, depth});
        if (column == 2)
            return validated(depth == 0 ? MetricId(Metric::ValLoss) : MetricId{Metric::DepthValLoss, depth});
        return depth == 0 ? QVariant() : QVariant(validated({Metric::DepthAcceptance, depth}));
    };
    all.push_back(twinTable(*this, "depths", tr("Loss by depth"),
                            {tr("head"), tr("training loss (nats/token, 20 steps)"), tr("validation loss (nats/token)"),
                             tr("share accepted")},
                            static_cast<int>(depths()) + 1, losses));
    const auto changes = weights();
    const auto weight = [changes](int row, int column) -> QVariant {
        const auto& [step, value] = changes[static_cast<std::size_t>(row)];
        return column == 0 ? countCell(step) : QVariant(value);
    };
    all.push_back(twinTable(*this, "weight", tr("Weight λ of the MTP loss"), {tr("from step"), tr("λ")},
                            static_cast<int>(changes.size()), weight));
    return all;
}

} // namespace

Panel* createMtpAcceptancePanel(const PanelContext& context, QWidget* parent)
{
    return new MtpAcceptancePanel(context, parent);
}

} // namespace triptych

#include "mtp_acceptance_panel.moc"
