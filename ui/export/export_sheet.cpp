// Building a sheet and painting it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_sheet.h"

#include "ui/export/provenance.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/stepper.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kCmPerInch = 2.54;
constexpr double kPixelsPerInch = 96;
constexpr double kMostPixels = 200e6;
constexpr int kMargin = 12;
constexpr int kSettling = 3;        // rounds: a layout may move a plot, which then asks to be drawn
constexpr double kMostUnrolled = 3; // times the size that was asked for
constexpr int kPatience = 10'000;   // ms
constexpr int kLook = 20;           // ms
constexpr int kStrip = 3;           // px of the wing's colour, as a card has it

class Page : public QWidget {
public:
    Page(const Theme& theme, QColor ThemeColors::*accent, ExportLook look)
        : m_theme(theme), m_accent(accent), m_look(look)
    {}

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), m_theme.colors().card);
        if (m_look != ExportLook::Paper) painter.fillRect(QRect(0, 0, width(), kStrip), m_theme.colors().*m_accent);
    }

private:
    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    ExportLook m_look;
};

/// Both panels are made by the same code, so their maps stand in the same order.
void takeMapViews(const Panel& from, const Panel& to)
{
    const auto theirs = from.findChildren<HeatmapPlot*>();
    const auto ours = to.findChildren<HeatmapPlot*>();
    for (qsizetype i = 0; i < std::min(theirs.size(), ours.size()); ++i) ours[i]->takeView(*theirs[i]);
}

ThemeChoice choiceOf(ExportLook look)
{
    return look == ExportLook::Dark ? ThemeChoice::Dark : ThemeChoice::Light;
}

} // namespace

Status checkForm(const ExportForm& form)
{
    const auto fits = [](double cm) { return cm >= kLeastExportCm && cm <= kMostExportCm; };
    if (!fits(form.widthCm) || !fits(form.heightCm))
        return Error{"a figure of " + std::to_string(form.widthCm) + " x " + std::to_string(form.heightCm) + " cm",
                     "Both sides are from 2 to 100 cm."};
    if (form.dpi < kLeastExportDpi || form.dpi > kMostExportDpi)
        return Error{"a figure of " + std::to_string(form.dpi) + " dpi", "Choose 50 to 1200 dpi."};
    const double perCm = form.dpi / kCmPerInch;
    if (form.widthCm * form.heightCm * perCm * perCm > kMostPixels)
        return Error{"a picture of more than 200 million pixels", "Choose fewer dpi or a smaller size."};
    return {};
}

ExportSheet::ExportSheet(const PanelInfo& info, const PanelContext& context, const ExportForm& form, Panel* original,
                         const QVariantMap& part)
    : m_info(info), m_form(form), m_feed(context.feed), m_theme(choiceOf(form.look), ThemeReach::Own),
      m_page(std::make_unique<Page>(m_theme, info.accent, form.look))
{
    const Selection& chosen = context.selection;
    chosen.cells().empty() ? m_selection.setLayer(chosen.layer()) : m_selection.setCells(chosen.cells());
    m_selection.setHead(chosen.head());
    m_selection.setToken(chosen.token());
    build(context, original, part);
    settle();
}

ExportSheet::~ExportSheet() = default;

void ExportSheet::build(const PanelContext& context, Panel* original, const QVariantMap& part)
{
    auto* layout = new QVBoxLayout(m_page.get());
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin - 2);
    layout->setSpacing(8);
    auto* title = new QLabel(panelTitle(m_info), m_page.get());
    const PanelContext own{context.feed,   m_selection,    m_theme, [](const Command&) {},
                           context.moment, context.series, m_clock, context.runs};
    m_panel = m_info.create(own, m_page.get());
    auto* source = mutedLabel(provenanceText(m_feed, ProvenanceFor::Screen), m_page.get());
    source->setObjectName(QStringLiteral("provenance"));
    layout->addWidget(title);
    layout->addWidget(m_panel, 1);
    layout->addWidget(source);
    m_theme.dress(*m_page);
    QFont bold = title->font();
    bold.setWeight(QFont::DemiBold);
    title->setFont(bold);
    QFont small = source->font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1));
    source->setFont(small);
    if (original) m_panel->restoreState(original->saveState());
    if (original) m_panel->takeOver(*original);
    if (!part.isEmpty()) m_panel->restoreState(part);
    if (original) takeMapViews(*original, *m_panel);
    if (const QString prices = m_panel->pricedBy(); !prices.isEmpty())
        source->setText(QStringLiteral("%1 · %2").arg(source->text(), prices));
    takeAwayControls();

    // Visible, so that it draws; on no screen.
    m_page->setAttribute(Qt::WA_DontShowOnScreen);
    m_page->setAttribute(Qt::WA_QuitOnClose, false);
    const QSizeF asked = size();
    const QSize least = m_page->minimumSizeHint();
    const double larger = std::max({1.0, least.width() / asked.width(), least.height() / asked.height(),
                                    m_panel->exportSize().width() / asked.width()});
    m_layoutSize = (asked * larger).toSize();
    m_page->resize(m_layoutSize);
    m_page->show();
}

/// What is for hands alone has no place on paper.
void ExportSheet::takeAwayControls()
{
    if (QWidget* controls = m_panel->headerWidget()) {
        bool says = false; // what stands beside the controls, as the name of a token, stays
        for (auto* part : controls->findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            const bool text = qobject_cast<ElidedLabel*>(part) != nullptr;
            part->setVisible(text);
            says |= text;
        }
        controls->setVisible(says);
    }
    // A style sheet of the program keeps them from inheriting the palette of the page.
    for (auto* part : m_page->findChildren<QWidget*>()) part->setPalette(m_page->palette());
    for (auto* setting : m_page->findChildren<LiveSetting*>()) setting->hide();
    for (auto* button : m_page->findChildren<QAbstractButton*>()) {
        // A stepper says which layer or head it is: its name stays, its arrows go.
        auto* stepper = qobject_cast<Stepper*>(button->parentWidget());
        if (stepper)
            stepper->setStyleSheet(QStringLiteral("QToolButton { border: none; padding: 0 8px 0 0; color: %1; }"
                                                  "QToolButton::menu-indicator { image: none; }")
                                       .arg(m_theme.colors().text.name()));
        button->setVisible(stepper && button->objectName() == QLatin1String("current"));
    }
    for (auto* area : m_page->findChildren<QAbstractScrollArea*>()) {
        area->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
}

/// Nobody scrolls on paper: the page is laid out larger until all of it is there, and printed smaller.
void ExportSheet::unroll()
{
    int hidden = 0;
    for (const auto* area : m_page->findChildren<QScrollArea*>())
        if (area->isVisible() && area->widget())
            hidden = std::max(hidden, area->widget()->height() - area->viewport()->height());
    const double larger = 1 + static_cast<double>(hidden) / m_layoutSize.height();
    if (hidden <= 0 || m_layoutSize.height() * larger > kMostUnrolled * size().height()) return;
    m_layoutSize = (QSizeF(m_layoutSize) * larger).toSize();
    m_page->resize(m_layoutSize);
}

QSizeF ExportSheet::size() const
{
    return QSizeF(m_form.widthCm, m_form.heightCm) / kCmPerInch * kPixelsPerInch;
}

void ExportSheet::settle()
{
    for (int i = 0; i < kSettling; ++i) {
        deliverPosted(*m_page);
        if (i == 0) unroll();
        settlePlots(*m_page);
    }
    takeAwayControls();
    deliverPosted(*m_page);
}

bool ExportSheet::isLoading(ExportKind kind) const
{
    if (kind == ExportKind::Csv) return m_panel->tablesLoading();
    const auto plots = m_page->findChildren<TimeSeriesPlot*>();
    if (m_panel->isLoading()) return true;
    return std::any_of(plots.begin(), plots.end(), [](const TimeSeriesPlot* plot) { return plot->honesty().loading; });
}

bool ExportSheet::await(ExportKind kind)
{
    const QDeadlineTimer deadline(kPatience);
    while (isLoading(kind)) {
        if (deadline.hasExpired()) return false;
        QEventLoop loop;
        QTimer::singleShot(kLook, &loop, &QEventLoop::quit);
        loop.exec(QEventLoop::ExcludeUserInputEvents);
        settle();
    }
    return true;
}

QImage ExportSheet::picture(const QSize& pixels)
{
    // Never with less than a pixel for each of the layout: a picture that is to be smaller is made of a larger one.
    const double wanted = 1.0 * pixels.width() / m_layoutSize.width();
    const int larger = wanted < 1 ? static_cast<int>(std::ceil(1 / wanted)) : 1;
    QImage image(pixels * larger, QImage::Format_ARGB32_Premultiplied);
    image.fill(m_theme.colors().card);
    // The plots' own pictures are put in pixel by pixel: no scale between.
    image.setDevicePixelRatio(wanted * larger);
    QPainter painter(&image);
    paint(painter, PlotsAs::Pixels, wanted * larger);
    painter.end();
    image.setDevicePixelRatio(1);
    if (larger > 1) image = image.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return image.convertToFormat(QImage::Format_RGB32);
}

void ExportSheet::paint(QPainter& painter, PlotsAs plots, double ratio)
{
    const PlotPainting painting(*m_page, plots, ratio);
    m_page->render(&painter);
}

} // namespace triptych
