// Every control of every page can be reached with Tab, says what it is, and no page is a trap.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/log_chart.h"

#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMetaMethod>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTest>
#include <QTextEdit>
#include <QVBoxLayout>

#include <set>

namespace triptych {

void PrintTo(const PanelInfo& info, std::ostream* out);

namespace test {
namespace {

constexpr int kMostStops = 400; // of the tab key in one page

/// Painted widgets that a hand can choose something in tell so by a signal.
bool tellsOfChoices(const QWidget& widget)
{
    if (widget.layout()) return false; // its parts are looked at
    if (const auto* rows = qobject_cast<const BarRows*>(&widget)) return rows->isChoosable();
    const QMetaObject* meta = widget.metaObject();
    for (int i = QWidget::staticMetaObject.methodCount(); i < meta->methodCount(); ++i) {
        const QMetaMethod method = meta->method(i);
        if (method.methodType() == QMetaMethod::Signal && method.name().toLower().endsWith("chosen")) return true;
    }
    return false;
}

bool isControl(const QWidget& widget)
{
    // Part of another control, which has the keys.
    if (qobject_cast<const QScrollBar*>(&widget) || qobject_cast<const QHeaderView*>(&widget)) return false;
    for (const QWidget* above = widget.parentWidget(); above; above = above->parentWidget())
        if (qobject_cast<const QLineEdit*>(above) || qobject_cast<const QComboBox*>(above) ||
            qobject_cast<const QAbstractSpinBox*>(above) || qobject_cast<const QAbstractItemView*>(above))
            return false;
    return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QLineEdit*>(&widget) ||
           qobject_cast<const QComboBox*>(&widget) || qobject_cast<const QAbstractSpinBox*>(&widget) ||
           qobject_cast<const QAbstractSlider*>(&widget) || qobject_cast<const QAbstractItemView*>(&widget) ||
           qobject_cast<const QPlainTextEdit*>(&widget) || qobject_cast<const QTextEdit*>(&widget) ||
           qobject_cast<const TimeSeriesPlot*>(&widget) || qobject_cast<const HeatmapPlot*>(&widget) ||
           qobject_cast<const LogChart*>(&widget) || tellsOfChoices(widget);
}

std::string nameOf(const QWidget& widget)
{
    return std::string(widget.metaObject()->className()) + " \"" + widget.objectName().toStdString() + "\" in " +
           widget.parentWidget()->metaObject()->className();
}

/// What somebody hears who cannot see it; a button's text and a tooltip do, too.
QString spokenName(const QWidget& widget)
{
    if (!widget.accessibleName().isEmpty()) return widget.accessibleName();
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) return button->text();
    return widget.focusProxy() ? spokenName(*widget.focusProxy()) : QString();
}

/// The page in a window of its own, as a card has it; all widgets that Tab comes to.
class Walk {
public:
    explicit Walk(QWidget& window)
    {
        window.activateWindow();
        window.setFocus();
        for (int stop = 0; stop < kMostStops; ++stop) {
            QWidget* at = window.focusWidget() ? window.focusWidget() : &window;
            QTest::keyClick(at, Qt::Key_Tab);
            QWidget* next = window.focusWidget();
            if (!next || next == at) {
                stuck = next;
                return;
            }
            if (!reached.insert(next).second) return; // once round
        }
    }

    /// A control has the focus by itself, or passes it to a part of it, or is a part of what has it.
    bool reaches(const QWidget& control) const
    {
        for (const QWidget* each : reached)
            if (each == &control || control.isAncestorOf(each)) return true;
        return false;
    }

    std::set<QWidget*> reached;
    QWidget* stuck = nullptr;
};

class ReachedPage : public testing::TestWithParam<PanelInfo> {
protected:
    ReachedPage()
    {
        SyntheticRun run;
        run.groups = 2;
        fill_feed(m_rig.feed, run);
        m_rig.selection.setExpertOfLayer(2, 3);
        m_panel = GetParam().create(m_rig.context(), &m_window);
        auto* layout = new QVBoxLayout(&m_window);
        if (QWidget* controls = m_panel->headerWidget()) layout->addWidget(controls);
        layout->addWidget(m_panel);
        m_window.resize(1280, 900);
        m_window.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_window));
        QTest::qWait(120); // curves and tables
    }

    std::vector<QWidget*> controls() const
    {
        std::vector<QWidget*> all;
        for (QWidget* widget : m_window.findChildren<QWidget*>())
            if (widget->isVisible() && widget->isEnabled() && widget->window() == &m_window && isControl(*widget))
                all.push_back(widget);
        return all;
    }

    PanelRig m_rig{ThemeChoice::Light};
    QWidget m_window;
    Panel* m_panel;
};

INSTANTIATE_TEST_SUITE_P(Catalog, ReachedPage, testing::ValuesIn(panelCatalog().begin(), panelCatalog().end()),
                         [](const auto& p) {
                             std::string name = p.param.id;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(ReachedPage, TabComesToEveryControlAndGoesOn)
{
    const Walk walk(m_window);
    EXPECT_TRUE(!walk.stuck || controls().size() <= 1) << "Tab does not leave " << nameOf(*walk.stuck);
    for (const QWidget* control : controls()) EXPECT_TRUE(walk.reaches(*control)) << nameOf(*control);
}

TEST_P(ReachedPage, EveryControlSaysWhatItIs)
{
    for (const QWidget* control : controls()) EXPECT_FALSE(spokenName(*control).isEmpty()) << nameOf(*control);
    EXPECT_GE(controls().size(), GetParam().id == std::string_view("predella") ? 8U : 0U)
        << "the test sees no controls";
}

TEST_P(ReachedPage, EveryStopOfTheTabKeySaysWhatItIs)
{
    for (const QWidget* stop : Walk(m_window).reached) EXPECT_FALSE(spokenName(*stop).isEmpty()) << nameOf(*stop);
}

} // namespace
} // namespace test
} // namespace triptych
