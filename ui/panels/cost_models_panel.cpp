// Models side by side: what each is said to have cost, under every lens that anybody has put it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/cost_texts.h"
#include "ui/models/model_costs.h"
#include "ui/models/twin_table.h"
#include "ui/panels/panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/lens_dots.h"
#include "ui/widgets/money_text.h"
#include "ui/widgets/number_text.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>

#include <memory>

namespace triptych {

namespace {

constexpr int kRoomForKey = 200; // px of height
constexpr int kReadingLines = 2;
constexpr int kKeyGap = 4;

/// Gives the texts of the key their context.
struct CostModelsPanelWords {
    Q_DECLARE_TR_FUNCTIONS(CostModelsPanel)
};

/// What the signs mean, in a row; what has no room is in the tooltips of the dots.
class LensKey : public QWidget {
public:
    LensKey(const Theme& theme, const QStringList& names, QWidget* parent)
        : QWidget(parent), m_theme(theme), m_names(names)
    {
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }
    QSize sizeHint() const override { return {200, QFontMetrics(smallFont(font())).height() + 4}; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setFont(smallFont(font()));
        const QFontMetrics metrics(painter.font());
        double x = 6;
        for (int i = 0; i < m_names.size(); ++i) {
            const auto family = static_cast<LensFamily>(i + 1);
            paintLensSign(painter, family, {x, height() / 2.0}, 4, lensFamilyColor(family, m_theme.colors()),
                          m_theme.colors().card, family == LensFamily::Claim);
            painter.setPen(m_theme.colors().muted);
            painter.drawText(QRectF(x + 9, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, m_names[i]);
            x += metrics.horizontalAdvance(m_names[i]) + 30;
        }
        const QString spread = CostModelsPanelWords::tr("× largest over smallest");
        const double free = width() - metrics.horizontalAdvance(spread) - 2 * kKeyGap;
        for (const auto& [sign, text] :
             {std::pair{KeySign::Range, CostModelsPanelWords::tr("line: 5 to 95 % of the ranges")},
              {KeySign::Hollow, CostModelsPanelWords::tr("hollow: claimed")}}) {
            if (x + 9 + metrics.horizontalAdvance(text) > free) break;
            paintSign(painter, sign, x);
            painter.setPen(m_theme.colors().muted);
            painter.drawText(QRectF(x + 13, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, text);
            x += metrics.horizontalAdvance(text) + 34;
        }
        painter.drawText(QRectF(0, 0, width() - kKeyGap, height()), Qt::AlignRight | Qt::AlignVCenter, spread);
    }

private:
    enum class KeySign : std::uint8_t { Hollow = 1, Range };

    void paintSign(QPainter& painter, KeySign sign, double x) const
    {
        const ThemeColors& colors = m_theme.colors();
        if (sign == KeySign::Hollow)
            return paintLensSign(painter, LensFamily::Own, {x + 2, height() / 2.0}, 4, colors.muted, colors.card, true);
        painter.setPen(QPen(colors.muted, 1.5));
        painter.drawLine(QPointF(x - 5, height() / 2.0), QPointF(x + 9, height() / 2.0));
    }

    const Theme& m_theme;
    QStringList m_names;
};

class CostModelsPanel final : public Panel {
    Q_OBJECT

public:
    CostModelsPanel(const PanelContext& context, QWidget* parent);

    QWidget* headerWidget() override { return m_header; }
    std::vector<Twin> twins() override;
    QSize exportSize() const override { return {1000, 560}; }
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeHeader();
    static QStringList familyNames();
    void show();
    QString explanation(const ModelCosts& model, const ModelCost& cost) const;
    void read(int row, int dot);

    std::shared_ptr<const std::vector<ModelCosts>> m_models;
    QComboBox* m_family;
    CurrencyEdit* m_currency;
    QWidget* m_header;
    LensDots* m_dots;
    LensKey* m_key;
    QLabel* m_reading;
};

CostModelsPanel::CostModelsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_family(new QComboBox), m_currency(new CurrencyEdit), m_header(makeHeader()),
      m_dots(new LensDots(context.theme)), m_key(new LensKey(context.theme, familyNames(), this)),
      m_reading(mutedLabel({}, this))
{
    std::vector<std::string> missing;
    m_models = std::make_shared<const std::vector<ModelCosts>>(modelCosts(missing));
    m_dots->setObjectName(QStringLiteral("costDots"));
    m_dots->setAccessibleName(tr("What models cost, by lens"));
    auto* scroll = new QScrollArea(this);
    scroll->setWidget(m_dots);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    m_dots->setAutoFillBackground(false);
    m_reading->setWordWrap(true);
    m_reading->setObjectName(QStringLiteral("costReading"));
    m_reading->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_reading->setFixedHeight(kReadingLines * fontMetrics().lineSpacing() + 2); // nothing moves while one reads
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_header);
    layout->addWidget(m_key);
    if (m_models->empty() || !missing.empty()) {
        QStringList names;
        for (const std::string& name : missing) names << QString::fromStdString(name);
        layout->addWidget(emptyNote(tr("These cost presets cannot be read: %1.\nInstall the program's resources anew.")
                                        .arg(names.join(QStringLiteral(", "))),
                                    this));
    }
    layout->addWidget(scroll, 1);
    layout->addWidget(m_reading);
    giveFocusTo(*this, *m_dots);
    connect(m_family, &QComboBox::activated, this, &CostModelsPanel::show);
    connect(m_currency, &CurrencyEdit::currencyChanged, this, &CostModelsPanel::show);
    connect(m_dots, &LensDots::dotChosen, this, &CostModelsPanel::read);
    show();
}

QStringList CostModelsPanel::familyNames()
{
    return {tr("rented hours"), tr("owned hardware"), tr("whole purchase"), tr("experiments and people too"),
            tr("claimed in public")};
}

QWidget* CostModelsPanel::makeHeader()
{
    auto* header = new QWidget(this);
    m_family->setObjectName(QStringLiteral("costFamily"));
    m_family->setAccessibleName(tr("Lenses that stand out"));
    m_family->setToolTip(tr("Which lenses stand out; the others stay, faintly"));
    m_family->addItem(tr("All lenses"));
    m_family->addItems(familyNames());
    header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // from the left, as what stands below
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_family);
    layout->addWidget(m_currency);
    layout->addStretch(1);
    return header;
}

QString CostModelsPanel::explanation(const ModelCosts& model, const ModelCost& cost) const
{
    const Ledger& ledger = cost.ledger;
    QString amount = exactMoneyText(ledger.total, m_currency->currency());
    if (ledger.low != ledger.high)
        amount = tr("%1, 5 to 95 %: %2 to %3", "an amount and its band")
                     .arg(amount, moneyText(ledger.low, m_currency->currency()),
                          moneyText(ledger.high, m_currency->currency()));
    const QString claim = cost.pressClaim ? tr("A claim of the press, not data. ") : QString();
    return tr("%1 · %2: %3. %4%5 Source (%6): %7, %8.", "model, lens, amount, claim, scope, basis, source, date")
        .arg(QString::fromStdString(model.model), costText(ledger.lens_title), amount, claim, costText(ledger.scope),
             basisText(cost.basis), QString::fromStdString(cost.source), QString::fromStdString(cost.date));
}

void CostModelsPanel::show()
{
    std::vector<LensDotRow> rows;
    for (const ModelCosts& model : *m_models) {
        LensDotRow row{.model = QString::fromStdString(model.model),
                       .spread = model.costs.size() > 1
                                     ? tr("× %1", "the largest over the smallest")
                                           .arg(fixedText(model.spread(), model.spread() < 10 ? 1 : 0))
                                     : QString(),
                       .dots = {}};
        for (const ModelCost& cost : model.costs) {
            const QString lens = cost.pressClaim ? tr("press claim") : costText(cost.ledger.lens_title);
            row.dots.push_back(
                {.family = cost.family,
                 .lens = QStringLiteral("%1 %2").arg(lens, moneyText(cost.ledger.total, m_currency->currency())),
                 .amount = moneyText(cost.ledger.total, m_currency->currency()),
                 .value = cost.ledger.total.usd(),
                 .low = cost.ledger.low.usd(),
                 .high = cost.ledger.high.usd(),
                 .claimed = cost.basis == PriceBasis::Claimed,
                 .tip = QStringLiteral("<p>%1</p>").arg(explanation(model, cost).toHtmlEscaped())});
        }
        rows.push_back(std::move(row));
    }
    m_dots->setCurrency(m_currency->currency());
    m_dots->setRows(std::move(rows));
    const int family = m_family->currentIndex();
    m_dots->setEmphasis(family > 0 ? std::optional(static_cast<LensFamily>(family)) : std::nullopt);
    read(m_dots->currentRow(), m_dots->currentDot());
}

void CostModelsPanel::read(int row, int dot)
{
    const auto model = static_cast<std::size_t>(row);
    const auto cost = static_cast<std::size_t>(dot);
    if (model >= m_models->size() || cost >= (*m_models)[model].costs.size()) return;
    const QString text = explanation((*m_models)[model], (*m_models)[model].costs[cost]);
    m_reading->setText(text);
    m_reading->setToolTip(text);
}

void CostModelsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    m_key->setVisible(height() >= kRoomForKey);
    m_reading->setVisible(height() >= kRoomForKey);
}

std::vector<Twin> CostModelsPanel::twins()
{
    struct Cell {
        const ModelCosts* model;
        const ModelCost* cost;
    };
    std::vector<Cell> cells;
    for (const ModelCosts& model : *m_models)
        for (const ModelCost& cost : model.costs) cells.push_back({&model, &cost});
    if (cells.empty()) return {};
    const auto text = [models = m_models, cells](int row, int column) -> QVariant {
        const auto& [model, cost] = cells[static_cast<std::size_t>(row)];
        switch (column) {
        case 0: return QString::fromStdString(model->model);
        case 1: return costText(cost->ledger.lens_title);
        case 2: return cost->ledger.total.usd();
        case 3: return cost->ledger.low.usd();
        case 4: return cost->ledger.high.usd();
        case 5: return cost->pressClaim ? tr("press claim") : basisText(cost->basis);
        case 6: return costText(cost->ledger.scope);
        case 7: return QString::fromStdString(cost->source);
        case 8: return QString::fromStdString(cost->date);
        default: return QString::fromStdString(cost->preset + '/' + cost->ledger.lens);
        }
    };
    return {twinTable(*this, "models", tr("Models by lens"),
                      {tr("model"), tr("lens"), tr("amount (USD)"), tr("low (USD)"), tr("high (USD)"), tr("basis"),
                       tr("scope"), tr("source"), tr("date"), tr("preset and lens")},
                      static_cast<int>(cells.size()), text)};
}

QVariantMap CostModelsPanel::saveState() const
{
    return {{QStringLiteral("family"), m_family->currentIndex()},
            {QStringLiteral("row"), m_dots->currentRow()},
            {QStringLiteral("dot"), m_dots->currentDot()}};
}

void CostModelsPanel::restoreState(const QVariantMap& state)
{
    bool known = false;
    const int family = state.value(QStringLiteral("family")).toInt(&known);
    if (known && family >= 0 && family <= kLensFamilies) m_family->setCurrentIndex(family);
    m_dots->setCurrent(state.value(QStringLiteral("row")).toInt(), state.value(QStringLiteral("dot")).toInt());
    show();
}

} // namespace

Panel* createCostModelsPanel(const PanelContext& context, QWidget* parent)
{
    return new CostModelsPanel(context, parent);
}

} // namespace triptych

#include "cost_models_panel.moc"
