// The gap as a picture: a ledger as steps that can be opened, changed and doubted, and what matters most beside it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "ui/bridge/run_measures.h"
#include "ui/language/cost_texts.h"
#include "ui/models/cost_book.h"
#include "ui/models/cost_twins.h"
#include "ui/models/run_cost_facts.h"
#include "ui/panels/lazy_panel.h"
#include "ui/widgets/cost_controls.h"
#include "ui/widgets/cost_detail.h"
#include "ui/widgets/cost_overview.h"
#include "ui/widgets/cost_rows.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/undo_keys.h"

#include <QAction>
#include <QBoxLayout>
#include <QFileDialog>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kSideBySide = 760; // px of width
constexpr int kStacked = 560;    // px of height; lower, what is open takes the place of the steps
constexpr int kRoomForLegend = 230;
constexpr int kFactsMs = 1000; // a run that trains is asked so often

class CostPanel final : public LazyPanel {
    Q_OBJECT

public:
    CostPanel(const PanelContext& context, QWidget* parent);

    QWidget* headerWidget() override { return m_controls; }
    QList<QAction*> panelActions() override { return m_actions; }
    std::vector<Twin> twins() override { return costTwins(*this, m_book); }
    QSize exportSize() const override { return {1000, 560}; }
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildActions();
    QWidget* makeSteps();
    void showLedger();
    void showLegend();
    void openStep(int row);
    void openInput(const std::string& key);
    void arrange();
    void openFile();
    void saveFile();

    RunFeed& m_feed;
    CostBook m_book;
    ElidedLabel* m_caption;
    WaterfallView* m_view;
    QScrollArea* m_scroll;
    QStackedWidget* m_left;
    QLabel* m_note;
    QLabel* m_legend;
    QStackedWidget* m_side;
    CostOverview* m_overview;
    CostDetail* m_detail;
    CostControls* m_controls;
    QBoxLayout* m_halves;
    QList<QAction*> m_actions;
    QTimer m_facts;
};

CostPanel::CostPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_book("deepseek-v3-waterfall", AssumptionBook::of(context.feed)),
      m_caption(new ElidedLabel(this)), m_view(new WaterfallView(context.theme)), m_scroll(new QScrollArea),
      m_left(new QStackedWidget), m_note(emptyNote({})), m_legend(mutedLabel({}, this)),
      m_side(new QStackedWidget(this)), m_overview(new CostOverview(context.theme, m_book)),
      m_detail(new CostDetail(context.theme, m_book)), m_controls(new CostControls(m_book, *m_view, this)),
      m_halves(new QBoxLayout(QBoxLayout::LeftToRight))
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_caption->setFont(bold);
    m_caption->setObjectName(QStringLiteral("costCaption"));
    m_side->addWidget(m_overview);
    m_side->addWidget(m_detail);
    m_halves->setSpacing(16);
    m_halves->addWidget(makeSteps(), 3);
    m_halves->addWidget(m_side, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_controls);
    layout->addWidget(m_caption);
    layout->addLayout(m_halves, 1);
    giveFocusTo(*this, *m_view);
    buildActions();
    new UndoKeys(*this, {[this] { return m_book.sheet() && m_book.sheet()->can_undo(); },
                         [this] { return m_book.sheet() && m_book.sheet()->can_redo(); }, [this] { m_book.undo(); },
                         [this] { m_book.redo(); }});
    m_facts.setInterval(kFactsMs);
    m_facts.setSingleShot(true);
    connect(&m_facts, &QTimer::timeout, this, &CostPanel::refreshSoon);
    connect(&m_feed, &RunFeed::numbersChanged, this, [this] {
        if (!m_facts.isActive()) m_facts.start();
    });
    connect(&m_feed, &RunFeed::runStarted, this, &CostPanel::refreshSoon);
    RunMeasures& measures = RunMeasures::of(m_feed);
    measures.serve(*this);
    connect(&measures, &RunMeasures::changed, this, &CostPanel::refreshSoon);
    connect(&m_book, &CostBook::presetChanged, this, [this] { openStep(-1); });
    connect(&m_book, &CostBook::changed, this, &CostPanel::showLedger);
    connect(&m_book, &CostBook::settled, this, &CostPanel::showLedger);
    connect(m_view, &WaterfallView::stepChosen, this, &CostPanel::openStep);
    connect(m_view, &WaterfallView::scaleChanged, this, &CostPanel::showLegend);
    connect(m_detail, &CostDetail::closed, this, [this] {
        openStep(-1);
        m_view->setFocus(Qt::OtherFocusReason);
    });
    connect(m_overview, &CostOverview::inputChosen, this, &CostPanel::openInput);
    refresh();
    m_book.settle();
    showLedger();
    arrange();
}

QWidget* CostPanel::makeSteps()
{
    m_view->setObjectName(QStringLiteral("costSteps"));
    m_view->setAccessibleName(tr("Steps from one total to the next"));
    m_scroll->setWidget(m_view);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_view->setAutoFillBackground(false);
    m_note->setObjectName(QStringLiteral("costError"));
    m_left->addWidget(m_scroll);
    m_left->addWidget(m_note);
    m_legend->setObjectName(QStringLiteral("costLegend"));
    auto* steps = new QWidget(this);
    auto* layout = new QVBoxLayout(steps);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_left, 1);
    layout->addWidget(m_legend);
    m_legend->setFont(smallFont(font()));
    m_legend->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_legend->setWordWrap(true);
    return steps;
}

void CostPanel::buildActions()
{
    const auto add = [this](const char* name, const QString& text, auto run) {
        auto* action = new QAction(text, this);
        action->setObjectName(QLatin1String(name));
        connect(action, &QAction::triggered, this, run);
        m_actions << action;
        return action;
    };
    add("costOpenFile", tr("Open a cost preset…"), [this] { openFile(); });
    add("costSaveFile", tr("Save this preset with my changes…"), [this] { saveFile(); });
    add("costUndoChange", tr("Undo the last change of a price"), [this] { m_book.undo(); });
    add("costRedoChange", tr("Redo it"), [this] { m_book.redo(); });
    add("costResetAll", tr("Reset all prices and steps"), [this] { m_book.resetAll(); });
    add("costScale", tr("Logarithmic or linear amounts"), [this] {
        m_view->setScale(m_view->scale() == MoneyScale::Linear ? MoneyScale::Logarithmic : MoneyScale::Linear);
    });
}

void CostPanel::refresh()
{
    m_book.setFacts(costFactsOrMachine(m_feed));
}

void CostPanel::showLedger()
{
    const auto& error = m_book.error();
    m_left->setCurrentIndex(error ? 1 : 0);
    if (error)
        m_note->setText(tr("This ledger cannot be shown: %1.\n%2")
                            .arg(QString::fromStdString(error->what), QString::fromStdString(error->hint)));
    m_note->setToolTip(error ? tr("What is wrong, and what to do") : QString());
    if (!m_book.ledger()) {
        openStep(-1);
        return m_caption->setText(m_book.sheet() ? costText(m_book.sheet()->source().title) : QString());
    }
    m_view->setCurrency(m_book.currency());
    m_view->setRows(waterfallRows(m_book), waterfallTotal(m_book));
    m_caption->setText(tr("%1 · lens: %2", "title of a preset, and of its lens")
                           .arg(costText(m_book.ledger()->title), costText(m_book.ledger()->lens_title)));
    m_caption->setHint(costText(m_book.ledger()->scope));
    showLegend();
    m_legend->setToolTip(
        tr("Letters are the books of a ledger: A headline, B owned hour, C run, D programme, E people, F "
           "data, G overheads, I inference."));
}

void CostPanel::showLegend()
{
    const QString scale = m_view->scale() == MoneyScale::Logarithmic ? tr("logarithmic: a length is a factor")
                                                                     : tr("linear: a length is an amount");
    const QString legend = tr("%1 · price: what an hour costs · scope: what is counted · %2", "scale of the axis, marks")
                               .arg(scale, marksLegend());
    const QString rate = ShownCurrency::get().rateText();
    m_legend->setText(rate.isEmpty() ? legend : QStringLiteral("%1 · %2").arg(legend, rate));
}

void CostPanel::openStep(int row)
{
    m_view->setOpened(row);
    const bool open = row >= 0 && m_book.ledger();
    if (open) m_detail->open(m_book.ledger()->lines[static_cast<std::size_t>(row)].key);
    m_side->setCurrentIndex(open ? 1 : 0);
    arrange();
}

/// The first step that it is an input of.
void CostPanel::openInput(const std::string& key)
{
    if (!m_book.ledger()) return;
    const auto& lines = m_book.ledger()->lines;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (std::find(lines[i].inputs.begin(), lines[i].inputs.end(), key) == lines[i].inputs.end()) continue;
        openStep(static_cast<int>(i));
        return m_detail->focusInput(key);
    }
}

/// Beside each other, or below, or one in place of the other.
void CostPanel::arrange()
{
    const bool wide = width() >= kSideBySide;
    const bool tall = height() >= kStacked;
    m_halves->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const bool opened = m_side->currentIndex() == 1;
    QWidget* steps = m_left->parentWidget();
    steps->setVisible(wide || tall || !opened);
    m_side->setVisible(wide || tall || opened);
    m_legend->setVisible(height() >= kRoomForLegend);
    m_caption->setVisible(height() >= kRoomForLegend);
}

void CostPanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    arrange();
}

void CostPanel::openFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("A cost preset"), {}, tr("Cost presets (*.json)"));
    if (!file.isEmpty()) m_book.choosePreset(file.toStdString());
}

void CostPanel::saveFile()
{
    if (!m_book.sheet()) return;
    const QString suggested = QString::fromStdString(m_book.sheet()->source().name) + QStringLiteral("-mine.json");
    const QString file =
        QFileDialog::getSaveFileName(this, tr("The preset with my changes"), suggested, tr("Cost presets (*.json)"));
    if (file.isEmpty()) return;
    const Status written = write_cost_preset(file.toStdString(), m_book.sheet()->preset());
    if (!written) m_caption->setText(QString::fromStdString(written.error().what + ". " + written.error().hint));
}

QVariantMap CostPanel::saveState() const
{
    QVariantMap state = m_book.saveState();
    state[QStringLiteral("linear")] = m_view->scale() == MoneyScale::Linear;
    state[QStringLiteral("zoom")] = m_view->zoom();
    state[QStringLiteral("open")] = m_side->currentIndex() == 1 ? QString::fromStdString(m_detail->line()) : QString();
    return state;
}

void CostPanel::restoreState(const QVariantMap& state)
{
    m_book.restoreState(state);
    m_book.settle();
    if (const QVariant linear = state.value(QStringLiteral("linear")); linear.typeId() == QMetaType::Bool)
        m_view->setScale(linear.toBool() ? MoneyScale::Linear : MoneyScale::Logarithmic);
    bool known = false;
    const int zoom = state.value(QStringLiteral("zoom")).toInt(&known);
    if (known) m_view->setZoom(zoom);
    const std::string open = state.value(QStringLiteral("open")).toString().toStdString();
    if (open.empty() || !m_book.ledger()) return;
    const auto& lines = m_book.ledger()->lines;
    for (std::size_t i = 0; i < lines.size(); ++i)
        if (lines[i].key == open) openStep(static_cast<int>(i));
}

} // namespace

Panel* createCostPanel(const PanelContext& context, QWidget* parent)
{
    return new CostPanel(context, parent);
}

} // namespace triptych

#include "cost_panel.moc"
