// What a run of one's own would have cost: the same hours under one lens after another, V3 beside it at the same one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/closed_forms.h"
#include "core/cost/cost_preset_file.h"
#include "ui/bridge/run_measures.h"
#include "ui/language/cost_texts.h"
#include "ui/models/cost_book.h"
#include "ui/models/run_cost_facts.h"
#include "ui/models/twin_table.h"
#include "ui/panels/lazy_panel.h"
#include "ui/widgets/assumption_bar.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cost_rows.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/lens_ladder.h"
#include "ui/widgets/money_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QTimer>

#include <array>
#include <memory>

namespace triptych {

namespace {

constexpr int kRefreshMs = 500;    // while a run trains
constexpr int kSideBySide = 700;   // px of width
constexpr int kRoomForScope = 210; // px of height
constexpr int kRoomForLines = 170;
constexpr int kScopeLines = 3;

/// One place of the slider: the same lens of both presets.
struct Rung {
    const char* run; ///< lens of this-machine
    const char* v3;  ///< lens of deepseek-v3-owned
};
constexpr std::array kRungs = {
    Rung{"rental", "headline"},           Rung{"owned", "owned"},
    Rung{"with_goodput", "with_goodput"}, Rung{"with_programme", "with_programme"},
    Rung{"with_people", "with_people"},
};

/// One side: a title, the total, what it is made of, its scope.
class Side : public QWidget {
    Q_DECLARE_TR_FUNCTIONS(CostRunSide)

public:
    Side(const Theme& theme, const char* name, const QString& whose, QWidget* parent)
        : QWidget(parent), m_whose(whose), m_title(new ElidedLabel(this)), m_total(new ElidedLabel(this)),
          m_lines(new WaterfallView(theme, this)), m_scope(mutedLabel({}, this))
    {
        QFont bold = font();
        bold.setWeight(QFont::DemiBold);
        m_title->setFont(bold);
        QFont large = bold;
        large.setPointSizeF(font().pointSizeF() + 3);
        m_total->setFont(large);
        m_total->setObjectName(QLatin1String(name) + QStringLiteral("Total"));
        m_lines->setObjectName(QLatin1String(name) + QStringLiteral("Lines"));
        m_lines->setAccessibleName(whose);
        m_lines->setScale(MoneyScale::Linear);
        m_scope->setWordWrap(true);
        m_scope->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        // Most scopes fit: both begin at one height, and nothing moves from lens to lens.
        m_scope->setMinimumHeight(kScopeLines * m_scope->fontMetrics().lineSpacing());
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_total}) layout->addWidget(part);
        layout->addWidget(m_lines, 1);
        layout->addWidget(m_scope);
        connect(m_lines, &WaterfallView::stepChosen, this, [this](int row) { tell(row); });
    }

    /// `gap`: how far it is from the lens before; may be empty.
    void show(const CostBook& book, const QString& hours, const QString& gap = {})
    {
        if (!book.ledger()) return;
        m_total->setText(hours.isEmpty()
                             ? moneyText(book.ledger()->total, book.currency())
                             : QStringLiteral("%1 · %2").arg(moneyText(book.ledger()->total, book.currency()), hours));
        m_total->setHint(totalExplanation(book.sheet()->preset(), *book.ledger(), book.currency()));
        m_lines->setCurrency(book.currency());
        m_lines->setRows(waterfallRows(book), waterfallTotal(book));
        QStringList title = {m_whose, costText(book.ledger()->lens_title)};
        if (!gap.isEmpty()) title << gap;
        m_title->setText(title.join(QStringLiteral(" · ")));
        m_title->setHint(costText(book.ledger()->scope));
        m_ofLens = costText(book.ledger()->scope).toHtmlEscaped();
        tell(m_lines->opened());
    }
    void setScopeVisible(bool visible) { m_scope->setVisible(visible); }
    void setLinesVisible(bool visible) { m_lines->setVisible(visible); }

private:
    /// Of a step that is opened, where its amount comes from; else what is in the lens.
    void tell(int row)
    {
        m_scope->setText(row < 0 ? m_ofLens : m_lines->rows()[static_cast<std::size_t>(row)].tip);
        m_scope->setToolTip(
            tr("What is in this lens, and what is not; of a step that is opened, its formula and source"));
    }

    QString m_whose;
    QString m_ofLens;
    ElidedLabel* m_title;
    ElidedLabel* m_total;
    WaterfallView* m_lines;
    QLabel* m_scope;
};

class CostRunPanel final : public LazyPanel {
    Q_OBJECT

public:
    CostRunPanel(const PanelContext& context, QWidget* parent);

    QWidget* headerWidget() override { return m_header; }
    std::vector<Twin> twins() override;
    QSize exportSize() const override { return {1000, 520}; }
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void choose(int rung);
    void showAll();
    QString extrapolated(const char* lens) const;
    QString gapToNext() const;
    QString goodputWords() const;

    RunFeed& m_feed;
    RunMeasures& m_measures;
    AssumptionBook& m_assumed;
    CostBook m_run;
    CostBook m_v3;
    std::unique_ptr<CostSheet> m_scale; ///< v3-extrapolation
    bool m_scaled = false;              ///< the run has told all that it needs
    bool m_counted = false;
    LensLadder* m_ladder;
    AssumptionBar* m_changes;
    CurrencyEdit* m_currency;
    QWidget* m_header;
    QStackedLayout* m_pages;
    QBoxLayout* m_sides;
    Side* m_mine;
    Side* m_theirs;
    ElidedLabel* m_goodput;
    ElidedLabel* m_extrapolation;
    QTimer m_soon;
};

CostRunPanel::CostRunPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_measures(RunMeasures::of(context.feed)),
      m_assumed(AssumptionBook::of(context.feed)), m_run("this-machine", m_assumed),
      m_v3("deepseek-v3-owned", m_assumed), m_ladder(new LensLadder(context.theme)),
      m_changes(new AssumptionBar(
          m_assumed,
          [this] {
              return std::vector<const CostSheet*>{m_run.sheet(), m_v3.sheet(), m_scale.get()};
          },
          *this)),
      m_currency(new CurrencyEdit), m_header(new QWidget(this)), m_pages(new QStackedLayout),
      m_sides(new QBoxLayout(QBoxLayout::LeftToRight)),
      m_mine(new Side(context.theme, "costMine", tr("This run"), nullptr)),
      m_theirs(new Side(context.theme, "costV3", tr("DeepSeek-V3, at the same lens"), nullptr)),
      m_goodput(new ElidedLabel), m_extrapolation(new ElidedLabel)
{
    if (auto preset = load_cost_preset("v3-extrapolation"))
        m_scale = std::make_unique<CostSheet>(preset.take(), m_assumed.shared());
    m_ladder->setRungs({tr("Rented hours"), tr("Owned hours"), tr("+ goodput"), tr("+ programme"), tr("+ people")});
    auto* head = new QHBoxLayout(m_header);
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(8);
    head->addWidget(m_changes, 1);
    head->addWidget(m_currency);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* content = new QWidget;
    m_sides->setSpacing(24);
    m_sides->addWidget(m_mine, 1);
    m_sides->addWidget(m_theirs, 1);
    m_goodput->setObjectName(QStringLiteral("costGoodput"));
    m_extrapolation->setObjectName(QStringLiteral("costExtrapolation"));
    auto* all = new QVBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(6);
    all->addWidget(m_ladder);
    all->addLayout(m_sides, 1);
    all->addWidget(m_goodput);
    all->addWidget(m_extrapolation);
    m_pages->addWidget(
        emptyNote(tr("Here you will see what your run would have cost under each lens, from rented hours "
                     "to people, and DeepSeek-V3 at the same one beside it.\nStart or open a run: after "
                     "its first step its device-seconds are priced.")));
    m_pages->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_header);
    layout->addLayout(m_pages, 1);
    giveFocusTo(*this, *m_ladder);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kRefreshMs);
    connect(&m_soon, &QTimer::timeout, this, &CostRunPanel::refreshSoon);
    connect(&m_feed, &RunFeed::numbersChanged, this, [this] {
        if (!m_counted) return refreshSoon();
        if (!m_soon.isActive()) m_soon.start();
    });
    connect(&m_feed, &RunFeed::runStarted, this, &CostRunPanel::refreshSoon);
    m_measures.serve(*this);
    connect(&m_measures, &RunMeasures::changed, this, &CostRunPanel::refreshSoon);
    connect(m_ladder, &LensLadder::rungChosen, this, &CostRunPanel::choose);
    connect(m_currency, &CurrencyEdit::currencyChanged, this, &CostRunPanel::showAll);
    for (CostBook* book : {&m_run, &m_v3}) connect(book, &CostBook::settled, this, &CostRunPanel::showAll);
    connect(&m_assumed, &AssumptionBook::changed, this, [this] { // both books have followed by now
        if (m_scale) m_scale->follow();
        showAll();
    });
    choose(0);
    m_v3.settle();
    refresh();
}

void CostRunPanel::choose(int rung)
{
    const Rung& at = kRungs[static_cast<std::size_t>(rung)];
    m_ladder->setCurrent(rung);
    m_run.chooseLens(at.run);
    m_v3.chooseLens(at.v3);
    showAll();
}

void CostRunPanel::refresh()
{
    const std::vector<CostFact> facts = costFactsOf(m_feed);
    m_counted = !facts.empty();
    m_pages->setCurrentIndex(m_counted ? 1 : 0);
    if (!m_counted) return;
    m_run.setFacts(facts);
    m_scaled = false;
    if (m_scale) {
        const auto filled = m_scale->fill(facts);
        m_scaled = filled && *filled == 4; // threads, hours, FLOPs, MFU
    }
    showAll();
}

/// What V3's pre-training would cost as this run paid for its own FLOPs, or at its MFU.
QString CostRunPanel::extrapolated(const char* lens) const
{
    const auto ledger = evaluate(m_scale->preset(), lens);
    return ledger ? moneyText(ledger->total, m_currency->currency()) : noNumber();
}

QString CostRunPanel::gapToNext() const
{
    const int rung = m_ladder->current();
    if (rung == 0 || !m_run.ledger()) return {};
    const auto before = evaluate(m_run.sheet()->preset(), kRungs[static_cast<std::size_t>(rung - 1)].run);
    if (!before || before->total <= Money()) return {};
    const double times = m_run.ledger()->total.usd() / before->total.usd();
    return tr("× %1 of the lens before", "how many times an amount is another").arg(fixedText(times, 2));
}

/// Whose word the slider takes from its third place on.
QString CostRunPanel::goodputWords() const
{
    const auto& facts = m_measures.facts();
    const QString counted = facts && facts->time ? goodputText(*facts->time) : QString();
    const bool known = !counted.isEmpty() && counted != noNumber();
    if (m_run.sheet() && m_run.sheet()->is_edited("goodput")) {
        const QString set = percentText(m_run.sheet()->changes().values.at("goodput"));
        return known ? tr("Goodput %1, set by you; the run counted %2.").arg(set, counted)
                     : tr("Goodput %1, set by you; the run has counted none.").arg(set);
    }
    if (known)
        return tr("Goodput %1, counted by the run: %2 of steps that stand in %3 of its time.")
            .arg(counted, spentText(facts->time->seconds(TimeUse::Productive)),
                 spentText(facts->time->total() - facts->time->seconds(TimeUse::Idle)));
    if (m_measures.isReading()) return tr("Goodput: reading what the run has counted …");
    if (!counted.isEmpty())
        return tr("Goodput %1: no step of this run stands yet, so that every hour of it counts as productive.")
            .arg(counted);
    return tr(
        "Goodput not known: this run keeps no account of its time, so that every hour of it counts as productive.");
}

void CostRunPanel::showAll()
{
    m_changes->refresh();
    if (!m_counted) return;
    const double hours = m_feed.value(Metric::TrainSeconds) / kSecondsPerHour;
    const QString counted =
        tr("%1 machine-hours", "time that a run has taken").arg(hours < 10 ? fixedText(hours, 3) : fixedText(hours, 0));
    m_mine->show(m_run, counted, gapToNext());
    m_theirs->show(m_v3, m_v3.ledger() && m_v3.ledger()->gpu_hours
                             ? tr("%1 GPU-hours").arg(largeText(*m_v3.ledger()->gpu_hours))
                             : QString());
    m_ladder->setAmounts(m_run.ledger() ? moneyText(m_run.ledger()->total, m_currency->currency()) : QString());
    const QString rate = ShownCurrency::get().rateText();
    m_goodput->setText(rate.isEmpty() ? goodputWords() : QStringLiteral("%1 %2.").arg(goodputWords(), rate));
    m_goodput->setHint(
        tr("Productive time ÷ all time of the run but pauses, over all of its sessions. From \"+ goodput\" "
           "on its hours are divided by it."));
    m_extrapolation->setText(
        m_scaled
            ? tr("Extrapolation, not an estimate: V3's pre-training at what this run paid for its FLOPs %1; on H800s "
                 "at this run's MFU %2.")
                  .arg(extrapolated("by_flops"), extrapolated("by_mfu"))
            : tr("An extrapolation to V3's scale appears once the run has counted FLOPs and measured its MFU."));
    m_extrapolation->setHint(
        tr("By FLOPs: V3's 6ND over the FLOPs of this run, times its rent; as if this machine went "
           "on for so long.\nBy MFU: V3's 6ND on H800s that reach the share of their BF16 peak that "
           "this run reached of its machine's, at 2 USD an hour.\nPreset v3-extrapolation. A small "
           "run reaches neither V3's efficiency nor V3's trouble."));
}

void CostRunPanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    m_sides->setDirection(width() >= kSideBySide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    for (Side* side : {m_mine, m_theirs}) {
        side->setScopeVisible(height() >= kRoomForScope);
        side->setLinesVisible(height() >= kRoomForLines); // rather none than a half
    }
    m_extrapolation->setVisible(height() >= kRoomForScope / 2);
    m_goodput->setVisible(height() >= kRoomForScope);
}

std::vector<Twin> CostRunPanel::twins()
{
    if (!m_counted) return {};
    struct Row {
        QString whose;
        Ledger ledger;
    };
    std::vector<Row> rows;
    for (const Rung& rung : kRungs)
        for (const auto& [whose, book, lens] :
             {std::tuple(tr("This run"), &m_run, rung.run), {QStringLiteral("DeepSeek-V3"), &m_v3, rung.v3}})
            if (const auto ledger = evaluate(book->sheet()->preset(), lens)) rows.push_back({whose, *ledger});
    if (m_scaled)
        for (const char* lens : {"by_flops", "by_mfu"})
            if (const auto ledger = evaluate(m_scale->preset(), lens))
                rows.push_back({tr("Extrapolation to V3's scale"), *ledger});
    const auto shared = std::make_shared<const std::vector<Row>>(std::move(rows));
    const auto cell = [shared](int row, int column) -> QVariant {
        const auto& [whose, ledger] = (*shared)[static_cast<std::size_t>(row)];
        switch (column) {
        case 0: return whose;
        case 1: return costText(ledger.lens_title);
        case 2: return ledger.total.usd();
        case 3: return ledger.gpu_hours ? QVariant(*ledger.gpu_hours) : QVariant();
        case 4: return costText(ledger.scope);
        case 5: return QString::fromStdString(ledger.lines.front().source);
        default: return QString::fromStdString(ledger.lines.front().date);
        }
    };
    return {twinTable(
        *this, "lenses", tr("This run and DeepSeek-V3 by lens"),
        {tr("whose hours"), tr("lens"), tr("total (USD)"), tr("hours (device)"), tr("scope"), tr("source"), tr("date")},
        static_cast<int>(shared->size()), cell)};
}

QVariantMap CostRunPanel::saveState() const
{
    return {{QStringLiteral("rung"), m_ladder->current()}};
}

void CostRunPanel::restoreState(const QVariantMap& state)
{
    bool known = false;
    const int rung = state.value(QStringLiteral("rung")).toInt(&known);
    if (known && rung >= 0 && rung < static_cast<int>(kRungs.size())) choose(rung);
}

} // namespace

Panel* createCostRunPanel(const PanelContext& context, QWidget* parent)
{
    return new CostRunPanel(context, parent);
}

} // namespace triptych

#include "cost_run_panel.moc"
