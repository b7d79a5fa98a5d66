// What a card shows, and what hands do to it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/curve_card.h"

#include "ui/bridge/run_pricing.h"
#include "ui/bridge/shown_currency.h"
#include "ui/plots/series_legend.h"

#include <QActionGroup>
#include <QApplication>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

/// Series of the feed's run in a card that compares it with others.
constexpr std::size_t kOwnAmongOthers = 2;
constexpr std::array kSmoothings = {0.0, 0.6, 0.9, 0.97, 0.99, 0.999};

/// Totals, speeds, shares: their height over nothing is what matters.
bool standsOnZero(const SeriesKey& key)
{
    const std::string_view unit = metric_info(key.metric.metric).unit;
    return unit == "tokens/s" || unit == "USD" || unit == "s" || unit == "tokens";
}

bool shows(const CardSpec& spec, std::size_t first)
{
    return spec.series == firstCards()[first].series;
}

/// As the top bar has it: money at the prices that were chosen, in the money that is shown.
double numberOf(const RunFeed& feed, MetricId metric)
{
    if (metric.metric != Metric::HeadlineUsd && metric.metric != Metric::TcoUsd) return feed.calm(metric);
    const auto* pricing = feed.findChild<RunPricing*>(QString(), Qt::FindDirectChildrenOnly); // none: as recorded
    const CostMeter meter = metric.metric == Metric::HeadlineUsd ? CostMeter::Headline : CostMeter::FullCost;
    return (pricing ? pricing->usd(feed, meter) : feed.calm(metric)) * ShownCurrency::get().perUsd();
}

QString asHtml(const QString& text)
{
    return text.startsWith(QLatin1Char('<')) ? text : QStringLiteral("<p>%1</p>").arg(text.toHtmlEscaped());
}

} // namespace

CurveCard::CurveCard(const CurveContext& context, CardSpec spec, QWidget* parent)
    : QWidget(parent), m_context(context), m_spec(std::move(spec)), m_catalog(context.feed, context.hub),
      m_plot(new TimeSeriesPlot(context.theme, context.hub, this)), m_menuButton(new QToolButton(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->shareAxis(context.axis);
    m_plot->followMoment(context.moment);
    m_plot->shareClock(context.clock);
    m_plot->setNumbers([&feed = context.feed](MetricId metric) { return numberOf(feed, metric); });
    m_plot->setValueScale(m_spec.scale);
    m_plot->setMenuMaker([this](QMenu& menu) { addToMenu(menu); });
    m_plot->surface()->installEventFilter(this);
    m_plot->legend().installEventFilter(this);
    m_plot->legend().setCursor(Qt::OpenHandCursor);

    m_menuButton->setText(QStringLiteral("⋮"));
    m_menuButton->setObjectName(QStringLiteral("cardMenu"));
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setStyleSheet(QStringLiteral("QToolButton { padding: 0 5px; border-color: transparent; }"
                                               "QToolButton::menu-indicator { image: none; }"));
    auto* menu = new QMenu(m_menuButton);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_plot->fillMenu(*menu);
    });
    m_menuButton->setMenu(menu);
    m_plot->addTitleWidget(m_menuButton);

    connect(&context.feed, &RunFeed::numbersChanged, m_plot, &TimeSeriesPlot::refreshNumbers);
    connect(m_plot, &TimeSeriesPlot::valueScaleChanged, this, [this] {
        m_spec.scale = m_plot->valueScale();
        emit specChanged();
    });
    showSeries();
}

void CurveCard::showSeries()
{
    showTitle();
    std::vector<PlotSeries> series = ownSeries();
    compare(series);
    m_plot->setSeries(std::move(series));
    applySmoothing();
}

std::vector<PlotSeries> CurveCard::ownSeries() const
{
    std::vector<PlotSeries> own;
    const QString unit = SeriesCatalog::unit(m_spec.series.front());
    int same = 0;
    for (const SeriesKey& key : m_spec.series) {
        PlotSeries series = m_catalog.series(key);
        const bool taken =
            std::any_of(own.begin(), own.end(), [&](const PlotSeries& other) { return other.color == series.color; });
        if (SeriesCatalog::unit(key) != unit) { // another measure: told beside the curves
            series.style.reset();
            series.smoothing = Smoothing::Never;
            series.color = &ThemeColors::muted;
        } else if (taken && series.style == CurveStyle::Line) {
            // From the end of the colours whose beginning is for other runs.
            series.runColor = Theme::kRunColors - 1 - same % Theme::kRunColors;
            series.style = styleOfRun(++same);
        }
        own.push_back(std::move(series));
    }
    // The modules' loss is the second voice of the loss and stays calm beside it.
    if (shows(m_spec, 0)) own.back().smoothing = Smoothing::Quiet;
    return own;
}

/// The first series once more for each run beside that of the feed, which make room for their names.
void CurveCard::compare(std::vector<PlotSeries>& own) const
{
    const std::vector<SeriesHub::RunId> runs = m_context.hub.runs();
    if (runs.empty()) return;
    std::erase_if(own, [](const PlotSeries& each) { return !each.style; });
    if (own.size() > kOwnAmongOthers) own.resize(kOwnAmongOthers);
    if (own.size() == 1) own.front().name = m_context.hub.traits({}).name;
    const PlotSeries first = own.front();
    for (const SeriesHub::RunId& run : runs) {
        const auto same = m_context.hub.counterpart(first.metric, run);
        if (!same) continue;
        PlotSeries other = first;
        other.metric = *same;
        if (!first.members.empty()) {
            other.members.clear();
            for (const MetricId metric : m_context.hub.metrics(run))
                if (metric.metric == first.metric.metric) other.members.push_back(metric);
            if (other.members.empty()) continue;
        }
        other.name = m_context.hub.traits(run).name;
        other.run = run;
        other.runColor = m_context.hub.number(run);
        other.style = styleOfRun(*other.runColor + 1); // dashes are the full cost
        if (other.smoothing == Smoothing::WithRawBehind) other.smoothing = Smoothing::Quiet;
        own.push_back(std::move(other));
    }
}

void CurveCard::showTitle()
{
    const SeriesKey& first = m_spec.series.front();
    QStringList titles;
    QString tip;
    for (const SeriesKey& key : m_spec.series) {
        titles << m_catalog.title(key);
        tip += asHtml(m_catalog.series(key).tip);
    }
    QString unit = SeriesCatalog::unit(first);
    QString name = QStringLiteral("card:") + seriesKeyText(first);
    QString empty =
        tr("%1 appears here when a run records it: %2").arg(titles.front(), SeriesCatalog::explanation(first));
    m_title = titles.join(QStringLiteral(", "));
    if (shows(m_spec, 0)) {
        m_title = tr("Loss");
        name = QStringLiteral("lossPlot");
        tip = tr("Cross entropy: −ln of the probability that the model gave to the token that came, mean over the "
                 "tokens of a step.");
        empty = tr("The loss of every step appears here when a training runs: it falls while the model learns.");
    } else if (shows(m_spec, 1)) {
        m_title = tr("Throughput");
        name = QStringLiteral("throughputPlot");
        empty = tr("The speed of the training appears here: tokens trained on per second.");
    } else if (shows(m_spec, 2)) {
        m_title = tr("Money");
        unit = tr("%1 so far", "a currency").arg(unit);
        if (const ShownCurrency& shown = ShownCurrency::get(); !shown.isDollar())
            unit = QStringLiteral("%1, %2").arg(unit, shown.equation());
        name = QStringLiteral("moneyPlot");
        empty = tr("What the training costs appears here step by step, in two views: rented, and in full.");
    }
    m_plot->setObjectName(name);
    m_plot->setTitle(m_title, unit, tip);
    m_plot->setEmptyText(empty);
    m_plot->setValueBase(standsOnZero(first) ? ValueBase::Zero : ValueBase::Data);
    m_plot->setTickPrefix(metric_info(first.metric.metric).unit == "USD" ? currencySign() : QString());
    m_menuButton->setAccessibleName(tr("Menu of the card %1").arg(m_title));
    m_menuButton->setToolTip(tr("Logarithm, smoothing, moving, removing, copying (also by the right button)"));
}

bool CurveCard::matches(const QString& words) const
{
    QString names = m_title;
    for (const SeriesKey& key : m_spec.series)
        names += QLatin1Char(' ') + m_catalog.title(key) + QLatin1Char(' ') + seriesKeyText(key);
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(all.begin(), all.end(),
                       [&](const QString& word) { return names.contains(word, Qt::CaseInsensitive); });
}

void CurveCard::setSmoothingOfAll(double weight, SmoothingKind kind)
{
    m_smoothingOfAll = weight;
    m_smoothingKind = kind;
    applySmoothing();
}

void CurveCard::setOwnSmoothing(std::optional<double> weight)
{
    m_spec.smoothing = weight;
    applySmoothing();
    emit specChanged();
}

void CurveCard::applySmoothing()
{
    m_plot->setSmoothing(m_spec.smoothing.value_or(m_smoothingOfAll), m_smoothingKind);
}

void CurveCard::addToMenu(QMenu& menu)
{
    menu.addSeparator();
    addSmoothings(*menu.addMenu(tr("Smoothing")));
    menu.addSeparator();
    menu.addAction(tr("Alone, or with the others\tZ"), this, &CurveCard::aloneRequested);
    menu.addAction(tr("Move to the left\tCtrl+←"), this, [this] { emit moveRequested(-1); });
    menu.addAction(tr("Move to the right\tCtrl+→"), this, [this] { emit moveRequested(1); });
    menu.addAction(tr("Remove the card\tDel"), this, &CurveCard::removeRequested);
    menu.addSeparator();
    menu.addAction(tr("Export this card…"), this, &CurveCard::exportRequested);
}

void CurveCard::addSmoothings(QMenu& menu)
{
    auto* group = new QActionGroup(&menu);
    const auto add = [&](const QString& text, std::optional<double> weight) {
        QAction* action = menu.addAction(text, this, [this, weight] { setOwnSmoothing(weight); });
        action->setCheckable(true);
        action->setChecked(m_spec.smoothing == weight);
        group->addAction(action);
    };
    add(tr("As all cards (%1)").arg(QLocale().toString(m_smoothingOfAll, 'g', 3)), std::nullopt);
    add(tr("None"), kSmoothings.front());
    for (std::size_t i = 1; i < kSmoothings.size(); ++i)
        add(QLocale().toString(kSmoothings[i], 'g', 3), kSmoothings[i]);
    menu.addAction(tr("Another weight…"), this, &CurveCard::askForSmoothing);
}

void CurveCard::askForSmoothing()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInputMode(QInputDialog::DoubleInput);
    dialog->setLabelText(tr("Smoothing of %1, from 0 to %2").arg(m_title, QLocale().toString(kMostSmoothing)));
    dialog->setDoubleDecimals(3);
    dialog->setDoubleRange(0, kMostSmoothing);
    dialog->setDoubleValue(m_spec.smoothing.value_or(m_smoothingOfAll));
    connect(dialog, &QInputDialog::doubleValueSelected, this, [this](double weight) { setOwnSmoothing(weight); });
    dialog->open();
}

/// What a key asks for; nothing for keys of others.
std::function<void()> CurveCard::actionOf(const QKeyEvent& event)
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    if (held == Qt::ControlModifier && event.key() == Qt::Key_Left) return [this] { emit moveRequested(-1); };
    if (held == Qt::ControlModifier && event.key() == Qt::Key_Right) return [this] { emit moveRequested(1); };
    if (held == Qt::NoModifier && event.key() == Qt::Key_Delete) return [this] { emit removeRequested(); };
    if (held == Qt::NoModifier && event.key() == Qt::Key_Z) return [this] { emit aloneRequested(); };
    return {};
}

bool CurveCard::drag(const QEvent& event)
{
    const auto& mouse = static_cast<const QMouseEvent&>(event);
    const QPoint at = mouse.globalPosition().toPoint();
    switch (event.type()) {
    case QEvent::MouseButtonPress:
        if (mouse.button() != Qt::LeftButton) return false;
        m_pressed = at;
        return true;
    case QEvent::MouseMove:
        if (!m_pressed) return false;
        m_dragging |= (at - *m_pressed).manhattanLength() >= QApplication::startDragDistance();
        if (m_dragging) emit dragged(at);
        return true;
    case QEvent::MouseButtonRelease:
        m_pressed.reset();
        if (std::exchange(m_dragging, false)) emit dropped(at);
        return true;
    default: return false;
    }
}

bool CurveCard::eventFilter(QObject* watched, QEvent* event)
{
    const bool isMouse = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseMove ||
                         event->type() == QEvent::MouseButtonRelease;
    if (watched == &m_plot->legend()) return isMouse && drag(*event);
    const bool isKey = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    const auto action = isKey ? actionOf(*static_cast<QKeyEvent*>(event)) : std::function<void()>();
    if (!action) return QWidget::eventFilter(watched, event);
    event->accept(); // before the window's shortcuts hear it
    if (event->type() == QEvent::KeyPress) action();
    return true;
}

} // namespace triptych
