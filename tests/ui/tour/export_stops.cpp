// What leaves the window in a form that was chosen: figures of a size and a look, a report of the run.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/export/export_dialog.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/report/report_dialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

namespace triptych::test {
namespace {

class TourExport : public testing::Test {
protected:
    TourExport() { t.home(); }

    ExportDialog* dialog() { return t.window().findChild<ExportDialog*>(); }
    void openDialog()
    {
        t.tab("attention");
        t.click(*t.part<HeatmapPlot>("attention").focusProxy());
        t.key(Qt::Key_E, Qt::ControlModifier);
        EXPECT_TRUE(t.waits([&] { return dialog() && dialog()->isVisible(); }));
    }
    QDoubleSpinBox& length(const char* name)
    {
        for (auto* each : dialog()->findChildren<QDoubleSpinBox*>())
            if (each->accessibleName() == QLatin1String(name)) return *each;
        throw std::invalid_argument(name);
    }
    void save(const QString& file)
    {
        for (auto* each : dialog()->findChildren<QPushButton*>())
            if (each->text().contains("Save")) return t.during([&] { t.click(*each); }, t.answer(file));
    }
    std::string told()
    {
        QStringList all;
        for (const auto* label : dialog()->findChildren<QLabel*>()) all << label->text();
        return all.join(QLatin1Char('\n')).toStdString();
    }
    bool says(const QString& words)
    {
        for (const auto* label : dialog()->findChildren<QLabel*>())
            if (label->text().contains(words)) return true;
        return false;
    }

    Tour& t = tour();
};

TEST_F(TourExport, AFigureHasTheSizeTheDotsAndTheLookThatWereChosen)
{
    openDialog();
    t.click(t.in<QAbstractButton>(*dialog(), "png"), {8, 8});
    t.stop(
        "export-size",
        [&] {
            t.write(length("Width"), "12.7");
            t.write(length("Height"), "10.1");
            t.write(t.in<QSpinBox>(*dialog()), "100");
        },
        [&] { return says(QStringLiteral("500 × 398 pixels")); });
    auto& look = t.in<QComboBox>(*dialog());
    const auto saved = [&](const char* name, Qt::Key key) {
        if (!dialog() || !dialog()->isVisible()) openDialog();
        auto& box = t.in<QComboBox>(*dialog());
        box.setFocus();
        t.key(key);
        const QString file = t.path(name);
        save(file);
        EXPECT_TRUE(t.waits([&] { return QFile(file).size() > 200; })) << told();
        return QImage(file);
    };
    look.setFocus();
    t.stop(
        "export-dark", [&] { t.key(Qt::Key_End); }, [&] { return look.currentIndex() == look.count() - 1; });
    const QImage dark = saved("dark.png", Qt::Key_End);
    ASSERT_EQ(dark.size(), QSize(500, 398));
    EXPECT_LT(dark.pixelColor(2, 2).lightness(), 80);
    const QImage paper = saved("paper.png", Qt::Key_Home);
    ASSERT_EQ(paper.size(), dark.size()) << "as it was chosen last";
    EXPECT_EQ(paper.pixelColor(2, 2).lightness(), 255);
}

TEST_F(TourExport, AReportOfTheRunIsWrittenWhileItTrains)
{
    const auto report = [&] { return t.window().findChild<ReportDialog*>(); };
    t.stop(
        "report-dialog", [&] { t.key(Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier); },
        [&] { return report() && report()->isVisible(); });
    ASSERT_NE(report(), nullptr);
    report()->activateWindow();
    const std::int64_t before = t.newestStep();
    const QString file = t.path("report.html");
    t.click(t.in<QAbstractButton>(*report(), "html"), {8, 8});
    t.stop(
        "report-written",
        [&] {
            t.write(t.in<QLineEdit>(*report(), "reportTitle"), "A tour");
            t.write(t.in<QLineEdit>(*report(), "reportFile"), file);
            t.click(t.in<QPushButton>(*report(), "saveReport"));
        },
        [&] { return QFile(file).size() > 10'000 && !report()->isBusy(); });
    QFile page(file);
    ASSERT_TRUE(page.open(QIODevice::ReadOnly));
    const QByteArray html = page.readAll();
    EXPECT_TRUE(html.contains("<h1>A tour") || html.contains(">A tour<"));
    EXPECT_TRUE(html.contains("</html>"));
    EXPECT_TRUE(t.waits([&] { return t.newestStep() > before; }));
    t.click(t.in<QPushButton>(*report(), "closeReport"));
    EXPECT_TRUE(t.waits([&] { return !report() || !report()->isVisible(); }));
    t.window().activateWindow();
}

} // namespace
} // namespace triptych::test
