// What the run costs, while it does: rates, projection, where the time went, and the prices they come from.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/closed_forms.h"
#include "ui/bridge/run_pricing.h"
#include "ui/language/cost_texts.h"
#include "ui/models/price_model.h"
#include "ui/models/twin_table.h"
#include "ui/panels/panel.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/money_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/type_follower.h"
#include "ui/widgets/undo_keys.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <array>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 12;
constexpr int kCellMargins = 24;
constexpr int kSideBySide = 900;    // px of the page from which rates and time stand beside each other
constexpr int kRoomForRange = 1600; // and from which the table of prices tells its ranges
constexpr int kWidestFigures = 860; // more would only part names from their numbers
constexpr int kStacked = 430;       // px of height from which they stand below each other wherever that is,
constexpr int kWidestStacked = 520; // so wide
constexpr std::array kMeters = {CostMeter::Headline, CostMeter::FullCost};
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A row of rates: both meters, not-a-number where there is nothing to be said.
struct RateRow {
    QString name;
    std::array<double, 2> usd = {kNone, kNone};
    QString explanation;
};

class MeterPanel final : public Panel {
    Q_OBJECT

public:
    MeterPanel(const PanelContext& context, QWidget* parent);

    std::vector<Twin> twins() override;
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;
    QWidget* headerWidget() override { return m_header; }
    QSize exportSize() const override { return {1400, 320}; }
    QString pricedBy() const override { return pricesText(m_feed); }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHeader();
    QWidget* pricesSide();
    QWidget* figuresSide();
    void nameAll();
    void fitColumns();
    void refresh();
    void showPrices();
    void showLeftOut();
    void showRates();
    void showTime();
    std::vector<RateRow> rates() const;
    QString powerText() const;
    QString amountText(double usd) const;

    RunFeed& m_feed;
    RunPricing& m_pricing;
    PriceModel* m_model;
    QWidget* m_header;
    QStackedWidget* m_pages;
    QLabel* m_note;
    QComboBox* m_presets;
    CurrencyEdit* m_currency;
    QPushButton* m_reset;
    QPushButton* m_resetAll;
    ElidedLabel* m_leftOut;
    ElidedLabel* m_refused;
    QTableView* m_table;
    QBoxLayout* m_figures;
    QScrollArea* m_scroll = nullptr;
    FigureRows* m_rates;
    FigureRows* m_time;
    ElidedLabel* m_goodput;
    ElidedLabel* m_power;
};

MeterPanel::MeterPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_pricing(RunPricing::of(context.feed)),
      m_model(new PriceModel(m_pricing, this)), m_header(new QWidget(this)), m_pages(new QStackedWidget),
      m_note(emptyNote({})), m_presets(new QComboBox), m_currency(new CurrencyEdit), m_reset(new QPushButton),
      m_resetAll(new QPushButton), m_leftOut(new ElidedLabel), m_refused(new ElidedLabel), m_table(new QTableView),
      m_figures(new QBoxLayout(QBoxLayout::LeftToRight)), m_rates(new FigureRows(context.theme, &ThemeColors::mla)),
      m_time(new FigureRows(context.theme, &ThemeColors::throughput)), m_goodput(new ElidedLabel),
      m_power(new ElidedLabel)
{
    buildHeader();
    auto* content = new QWidget;
    auto* parts = new QHBoxLayout(content);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(2 * kGap);
    parts->addWidget(figuresSide(), 5);
    parts->addWidget(pricesSide(), 4);
    m_pages->addWidget(m_note);
    m_pages->addWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_header);
    layout->addWidget(m_pages, 1);

    connect(&m_pricing, &RunPricing::changed, this, &MeterPanel::refresh);
    RunMeasures::of(m_feed).serve(*this);
    new UndoKeys(*this, {[this] { return m_pricing.canUndo(); }, [this] { return m_pricing.canRedo(); },
                         [this] { m_pricing.undo(); }, [this] { m_pricing.redo(); }});
    nameAll();
    refresh();
}

void MeterPanel::buildHeader()
{
    m_presets->setObjectName(QStringLiteral("meterPreset"));
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* row = new QHBoxLayout(m_header);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_goodput, 5);
    row->addWidget(m_power, 5);
    for (QWidget* part : std::initializer_list<QWidget*>{m_presets, m_currency, m_reset, m_resetAll})
        row->addWidget(part);
    connect(m_presets, &QComboBox::activated, this,
            [this](int index) { m_pricing.choose(m_presets->itemData(index).toString()); });
    connect(m_currency, &CurrencyEdit::currencyChanged, this, &MeterPanel::refresh);
    connect(m_reset, &QPushButton::clicked, this, [this] { m_pricing.reset(m_model->key(m_table->currentIndex())); });
    connect(m_resetAll, &QPushButton::clicked, this, [this] { m_pricing.resetAll(); });
}

QWidget* MeterPanel::pricesSide()
{
    m_table->setObjectName(QStringLiteral("meterPrices"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                             QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    followType(*m_table, 5);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setSectionResizeMode(PriceModel::SourceColumn, QHeaderView::Stretch);

    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_leftOut);
    layout->addWidget(m_refused);
    m_leftOut->setObjectName(QStringLiteral("meterLeftOut"));
    m_leftOut->hide();
    m_refused->hide();

    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &MeterPanel::showPrices);
    connect(m_model, &QAbstractItemModel::modelReset, this, &MeterPanel::showPrices);
    connect(m_model, &PriceModel::refused, this, [this](const QString& why) {
        m_refused->setText(why);
        m_refused->show();
    });
    return side;
}

QWidget* MeterPanel::figuresSide()
{
    m_rates->setObjectName(QStringLiteral("meterRates"));
    m_time->setObjectName(QStringLiteral("meterTime"));
    m_goodput->setObjectName(QStringLiteral("meterGoodput"));
    m_power->setObjectName(QStringLiteral("meterPower"));
    auto* side = new QWidget;
    m_figures->setContentsMargins(0, 0, 6, 0);
    m_figures->setSpacing(2 * kGap);
    m_figures->addWidget(m_rates, 5, Qt::AlignTop);
    m_figures->addWidget(m_time, 6, Qt::AlignTop);
    m_figures->addStretch(0);
    side->setLayout(m_figures);
    m_scroll = scrollColumn(side, QStringLiteral("meter"), this);
    m_scroll->setMaximumWidth(kWidestFigures);
    return m_scroll;
}

void MeterPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    const bool stacked = width() < kSideBySide || height() >= kStacked;
    m_figures->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    for (const auto& [item, stretch] : {std::pair(0, stacked ? 0 : 5), {1, stacked ? 0 : 6}, {2, stacked ? 1 : 0}})
        m_figures->setStretch(item, stretch);
    m_scroll->setMaximumWidth(stacked ? kWidestStacked : kWidestFigures);
    m_table->setColumnHidden(PriceModel::RangeColumn, width() < kRoomForRange); // tooltips have it
    fitColumns();
}

/// Everything that is said once, in the language of the program.
void MeterPanel::nameAll()
{
    m_note->setText(
        tr("Here you will see what the run costs while it trains: an hour of it, a million tokens, the way to "
           "its end, and where its time went, at prices of your own.\nStart or open a run."));
    const QString chosen = m_pricing.name();
    m_presets->clear();
    for (const QString& name : RunPricing::names())
        m_presets->addItem(name == RunPricing::names().front() ? tr("Prices of this machine")
                                                               : tr("As if rented: %1").arg(name.toUpper()),
                           name);
    m_presets->setCurrentIndex(m_presets->findData(chosen));
    m_presets->setAccessibleName(tr("Prices to count with"));
    m_presets->setToolTip(tr("At which prices the run's device-hours are counted. The whole history is counted anew; "
                             "nothing is trained again."));
    m_reset->setText(tr("Reset"));
    m_reset->setToolTip(tr("Gives the chosen price back what its source says."));
    m_resetAll->setText(tr("Reset all"));
    m_resetAll->setToolTip(tr("Gives every price back what its source says."));
    m_table->setAccessibleName(tr("Prices and quantities, with their sources"));
    m_scroll->setAccessibleName(tr("Figures of the meter"));
    m_rates->setAccessibleName(tr("What the run costs"));
    m_time->setAccessibleName(tr("Where the time of the run went, and what it cost"));
    m_rates->setTitles({}, {tr("headline"), tr("full cost")});
    m_time->setTitles({}, {tr("time"), tr("share"), tr("full cost")});
    m_model->retranslate();
    fitColumns();
}

/// To what they hold and to their titles, so that nothing moves as numbers change.
void MeterPanel::fitColumns()
{
    for (const auto& [column, widest] :
         {std::pair(PriceModel::NameColumn, QString(width() < kRoomForRange ? 24 : 46, QLatin1Char('0'))),
          {PriceModel::ValueColumn, QStringLiteral("000,000")},
          {PriceModel::UnitColumn, QStringLiteral("USD/thread-hour")},
          {PriceModel::RangeColumn, QStringLiteral("0.0000 – 0.0000")}}) {
        const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int text = std::max(fontMetrics().horizontalAdvance(widest), fontMetrics().horizontalAdvance(title));
        m_table->horizontalHeader()->resizeSection(column, text + kCellMargins);
    }
}

void MeterPanel::changeEvent(QEvent* event)
{
    Panel::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    nameAll();
    refresh();
}

void MeterPanel::refresh()
{
    const bool known = m_feed.run() && m_pricing.facts() && m_pricing.facts()->steps > 0;
    m_pages->setCurrentIndex(known ? 1 : 0);
    showPrices();
    if (!known) {
        for (ElidedLabel* label : {m_goodput, m_power}) label->setText({});
        return;
    }
    showRates();
    showTime();
}

void MeterPanel::showPrices()
{
    m_presets->setCurrentIndex(m_presets->findData(m_pricing.name()));
    m_reset->setEnabled(m_pricing.isEdited(m_model->key(m_table->currentIndex())));
    m_resetAll->setEnabled(m_pricing.isEdited());
    showLeftOut();
    m_refused->hide();
    if (!m_pricing.sheet()) {
        m_refused->setText(m_pricing.trouble());
        m_refused->show();
        return;
    }
    const CostPreset& preset = m_pricing.sheet()->preset();
    QStringList scopes = {costText(preset.title)};
    for (std::size_t i = 0; i < std::min(kMeters.size(), preset.lenses.size()); ++i)
        scopes << tr("%1 – %2: %3", "name of a column, what it counts, what is in it")
                      .arg(i == 0 ? tr("headline") : tr("full cost"), costText(preset.lenses[i].title),
                           costText(preset.lenses[i].scope));
    m_rates->setToolTip(scopes.join(QLatin1Char('\n')));
}

/// Lines that somebody doubts on the page of the gap are no part of these amounts either.
void MeterPanel::showLeftOut()
{
    QStringList titles;
    if (m_pricing.sheet()) {
        const CostPreset& preset = m_pricing.sheet()->preset();
        for (std::size_t i = 0; i < std::min(kMeters.size(), preset.lenses.size()); ++i)
            for (const CostLine& line : preset.lenses[i].lines)
                if (line.left_out) titles << costText(line.title);
    }
    m_leftOut->setText(tr("Left out by you: %1").arg(titles.join(QStringLiteral(", "))));
    m_leftOut->setHint(
        tr("Steps of the ledger that you left out on the page of the gap. \"Reset all\" brings them back."));
    m_leftOut->setVisible(!titles.isEmpty());
}

std::vector<RateRow> MeterPanel::rates() const
{
    const RunFacts& facts = *m_pricing.facts();
    std::vector<RateRow> rows = {
        {tr("so far"), {}, tr("Device-hours of the run × price of an hour: each second once, over all its sessions.")},
        {tr("an hour of training"), {}, tr("Burn rate: what is paid for each hour that the device works on the run.")},
        {tr("a million tokens"), {}, tr("Of the last 200 steps.")},
        {tr("0.01 nat of loss"),
         {},
         tr("Price of an hour ÷ how fast the loss falls, by the line of least squares through the last 200 steps. "
            "Nothing while it does not fall.")},
        {tr("at the end of the plan"),
         {},
         tr("What is paid so far, and the steps still to come at the pace of the median of the last 200.")},
        {tr("at the least"),
         {},
         tr("The same, if every step to come is as quick as the quickest 5 % of the last 200.")},
        {tr("at the most"), {}, tr("The same, if every step to come is as slow as the slowest 5 % of the last 200.")}};
    if (facts.planned_steps == 0) rows.resize(4); // a run without an end has no way to it

    for (std::size_t i = 0; i < kMeters.size(); ++i) {
        const double hour = m_pricing.usdPerHour(kMeters[i]);
        for (RateRow& row : rows) row.usd[i] = kNone;
        if (!std::isfinite(hour)) continue;
        rows[0].usd[i] = price_of_seconds(facts.device_seconds, hour);
        rows[1].usd[i] = hour;
        const CostRates rates = cost_rates(facts.last_steps, hour);
        if (rates.per_mtoken) rows[2].usd[i] = rates.per_mtoken->usd();
        if (rates.per_centinat) rows[3].usd[i] = rates.per_centinat->usd();
        if (facts.planned_steps == 0) continue;
        const auto end = project_cost(facts.last_steps, facts.planned_steps, hour);
        if (!end) continue;
        rows[4].usd[i] = end->total.usd();
        rows[5].usd[i] = end->low.usd();
        rows[6].usd[i] = end->high.usd();
    }
    return rows;
}

QString MeterPanel::amountText(double usd) const
{
    if (!std::isfinite(usd)) return noNumber();
    constexpr double kInMillions = 1e5; // from which on digits are left out
    const bool large = std::abs(m_currency->currency().from(Money::clamped(usd))) >= kInMillions;
    return large ? moneyText(Money::clamped(usd), m_currency->currency()) : usdText(usd);
}

void MeterPanel::showRates()
{
    std::vector<FigureRow> shown;
    for (const RateRow& row : rates())
        shown.push_back({row.name, {}, {}, {amountText(row.usd[0]), amountText(row.usd[1])}, row.explanation});
    m_rates->setRows(std::move(shown));
    m_power->setText(powerText());
    m_power->setHint(tr("Power is part of the full cost: power × PUE × electricity price."));
}

/// Where the figure of the power comes from.
QString MeterPanel::powerText() const
{
    const RunFacts& facts = *m_pricing.facts();
    const auto measured = facts.time ? facts.time->watts() : std::nullopt;
    if (m_pricing.isEdited(QStringLiteral("watts")))
        return tr("Power: %1 W, set by you").arg(fixedText(m_pricing.sheet()->changes().values.at("watts"), 0));
    if (m_pricing.name() != RunPricing::names().front()) return tr("Power: in the rental price");
    if (measured)
        return tr("Power: %1 W, measured by the counters of the machine itself (RAPL, NVML)")
            .arg(fixedText(*measured, 1));
    return tr("Power: estimated by threads; this system lets nobody measure it. Set it by hand as a meter shows it.");
}

QString useTitle(TimeUse use)
{
    switch (use) {
    case TimeUse::Productive: return MeterPanel::tr("steps that stand");
    case TimeUse::Checkpoint: return MeterPanel::tr("checkpoints");
    case TimeUse::Evaluation: return MeterPanel::tr("validations");
    case TimeUse::Stall: return MeterPanel::tr("between steps");
    case TimeUse::Restart: return MeterPanel::tr("starts");
    case TimeUse::Lost: return MeterPanel::tr("steps made twice");
    case TimeUse::Idle: return MeterPanel::tr("paused");
    }
    return {};
}

void MeterPanel::showTime()
{
    const auto& time = m_pricing.facts()->time;
    m_goodput->setText(time ? tr("Goodput %1: the share of the time for steps that stand").arg(goodputText(*time))
                            : tr("This run kept no account of its time."));
    m_goodput->setHint(tr("Productive time ÷ all time of the run but pauses. Whoever rents or owns a device pays for "
                          "all of it."));
    m_time->setVisible(time.has_value());
    if (!time) return;
    const double hour = m_pricing.usdPerHour(CostMeter::FullCost);
    const double price = std::isfinite(hour) ? hour : m_pricing.usdPerHour(CostMeter::Headline);
    m_time->setTitles({}, {tr("time"), tr("share"), std::isfinite(hour) ? tr("full cost") : tr("headline")});
    std::vector<FigureRow> rows;
    for (const PricedTime& use : price_time(*time, price)) {
        const double share = time->total() > 0 ? use.seconds / time->total() : 0;
        rows.push_back({useTitle(use.use),
                        {share},
                        {},
                        {spentText(use.seconds), percentText(share), amountText(price_of_seconds(use.seconds, price))},
                        QString()});
    }
    m_time->setRows(std::move(rows));
}

std::vector<Twin> MeterPanel::twins()
{
    std::vector<Twin> all;
    if (m_pricing.sheet()) all.push_back({tr("Prices, with their sources"), m_model});
    if (!m_feed.run() || !m_pricing.facts() || m_pricing.facts()->steps == 0) return all;
    const auto rows = rates();
    all.push_back(twinTable(*this, "rates", tr("What the run costs"),
                            {tr("amount"), tr("headline (USD)"), tr("full cost (USD)")}, static_cast<int>(rows.size()),
                            [rows](int row, int column) -> QVariant {
                                const RateRow& r = rows[static_cast<std::size_t>(row)];
                                if (column == 0) return r.name;
                                const double usd = r.usd[static_cast<std::size_t>(column) - 1];
                                return std::isfinite(usd) ? QVariant(usd) : QVariant();
                            }));
    if (const auto& time = m_pricing.facts()->time) {
        const std::array<double, 2> hour = {m_pricing.usdPerHour(CostMeter::Headline),
                                            m_pricing.usdPerHour(CostMeter::FullCost)};
        all.push_back(
            twinTable(*this, "time", tr("Where the time of the run went"),
                      {tr("use"), tr("time (s)"), tr("share of the time"), tr("headline (USD)"), tr("full cost (USD)")},
                      static_cast<int>(kTimeUses), [account = *time, hour](int row, int column) -> QVariant {
                          const TimeUse use = time_uses()[static_cast<std::size_t>(row)].use;
                          const double seconds = account.seconds(use);
                          if (column == 0) return useTitle(use);
                          if (column == 1) return seconds;
                          if (column == 2)
                              return account.total() > 0 ? QVariant(seconds / account.total()) : QVariant();
                          const double usd = price_of_seconds(seconds, hour[static_cast<std::size_t>(column) - 3]);
                          return std::isfinite(usd) ? QVariant(usd) : QVariant();
                      }));
    }
    return all;
}

QVariantMap MeterPanel::saveState() const
{
    return {{QStringLiteral("prices"), m_pricing.name()}};
}

void MeterPanel::restoreState(const QVariantMap& state)
{
    m_pricing.choose(state.value(QStringLiteral("prices")).toString());
}

} // namespace

Panel* createMeterPanel(const PanelContext& context, QWidget* parent)
{
    return new MeterPanel(context, parent);
}

} // namespace triptych

#include "meter_panel.moc"
