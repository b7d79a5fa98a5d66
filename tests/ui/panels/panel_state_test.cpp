// What somebody has set in a page comes back with its layout: a new page shows it, and would save the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/widgets/bias_editor.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/routing_hands.h"
#include "ui/widgets/stepper.h"

#include <gtest/gtest.h>

#include <QAbstractSlider>
#include <QAbstractSpinBox>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QScrollBar>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <map>

namespace triptych {

void PrintTo(const PanelInfo& info, std::ostream* out);

namespace test {
namespace {

/// What belongs to the run, and not to the layout of a window: commands to a training; or to the program: its money.
bool isOfMoreThanThePage(const QWidget& widget)
{
    if (qobject_cast<const CurrencyEdit*>(&widget)) return true;
    for (const QWidget* at = &widget; at; at = at->parentWidget())
        if (qobject_cast<const LiveSetting*>(at) || qobject_cast<const BiasEditor*>(at) ||
            qobject_cast<const RoutingHands*>(at))
            return true;
    return false;
}

bool isPartOf(const QWidget& widget)
{
    for (const QWidget* above = widget.parentWidget(); above; above = above->parentWidget())
        if (qobject_cast<const QComboBox*>(above) || qobject_cast<const QAbstractSpinBox*>(above) ||
            qobject_cast<const Stepper*>(above) || qobject_cast<const QLineEdit*>(above))
            return true;
    return qobject_cast<const QScrollBar*>(&widget) != nullptr;
}

/// What a control shows; nothing: it is none that keeps a setting.
std::optional<QString> settingOf(const QWidget& widget)
{
    if (isPartOf(widget) || isOfMoreThanThePage(widget)) return std::nullopt;
    if (widget.objectName() == QLatin1String("checkpoint")) return std::nullopt; // there is none, and it asks for one
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        return button->isCheckable() ? std::optional(QString::number(button->isChecked())) : std::nullopt;
    if (const auto* edit = qobject_cast<const QLineEdit*>(&widget)) return edit->text();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) return box->currentText();
    if (const auto* spin = qobject_cast<const QAbstractSpinBox*>(&widget)) return spin->text();
    if (const auto* slider = qobject_cast<const QAbstractSlider*>(&widget)) return QString::number(slider->value());
    if (const auto* stepper = qobject_cast<const Stepper*>(&widget)) return stepper->currentText();
    if (const auto* table = qobject_cast<const QTableView*>(&widget); table && table->isSortingEnabled())
        return QStringLiteral("%1 %2")
            .arg(table->horizontalHeader()->sortIndicatorSection())
            .arg(table->horizontalHeader()->sortIndicatorOrder());
    return std::nullopt;
}

/// By hand: another value than before.
void change(QWidget& widget)
{
    if (auto* button = qobject_cast<QAbstractButton*>(&widget)) {
        QTest::mouseClick(button, Qt::LeftButton);
    } else if (auto* edit = qobject_cast<QLineEdit*>(&widget)) {
        QTest::keyClicks(edit, QStringLiteral("3"));
        QTest::keyClick(edit, Qt::Key_Return);
    } else if (auto* box = qobject_cast<QComboBox*>(&widget)) {
        QTest::keyClick(box, box->currentIndex() == 0 ? Qt::Key_Down : Qt::Key_Up);
    } else if (auto* spin = qobject_cast<QAbstractSpinBox*>(&widget)) {
        const QString was = spin->text();
        QTest::keyClick(spin, Qt::Key_Up);
        if (spin->text() == was) QTest::keyClick(spin, Qt::Key_Down);
    } else if (auto* slider = qobject_cast<QAbstractSlider*>(&widget)) {
        QTest::keyClick(slider, slider->value() < slider->maximum() ? Qt::Key_Up : Qt::Key_Down);
    } else if (auto* stepper = qobject_cast<Stepper*>(&widget)) {
        stepper->step(stepper->index() == 0 ? 1 : -1);
    } else if (auto* table = qobject_cast<QTableView*>(&widget)) {
        QHeaderView* header = table->horizontalHeader();
        const int column = header->sortIndicatorSection() == 1 ? 2 : 1;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(column) + 12, header->height() / 2});
    }
}

/// As a file has it.
QByteArray asJson(const QVariantMap& state)
{
    return QJsonDocument(QJsonObject::fromVariantMap(state)).toJson();
}

class KeptPage : public testing::TestWithParam<PanelInfo> {
protected:
    struct Page {
        Page() { fill_feed(rig.feed); }
        void open(const PanelInfo& info)
        {
            panel.reset(info.create(rig.context(), nullptr));
            panel->resize(1280, 900);
            panel->show();
            EXPECT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
            QTest::qWait(80);
        }
        std::vector<QWidget*> controls() const
        {
            std::vector<QWidget*> all;
            for (QWidget* widget : panel->findChildren<QWidget*>())
                if (widget->window() == panel->window() && settingOf(*widget)) all.push_back(widget);
            return all;
        }
        QStringList settings() const
        {
            QStringList all;
            for (const QWidget* control : controls())
                all << QStringLiteral("%1 \"%2\" %3: %4")
                           .arg(QLatin1String(control->metaObject()->className()), control->objectName(),
                                control->accessibleName(), *settingOf(*control));
            return all;
        }

        PanelRig rig{ThemeChoice::Light};
        std::unique_ptr<Panel> panel;
    };
};

INSTANTIATE_TEST_SUITE_P(Catalog, KeptPage, testing::ValuesIn(panelCatalog().begin(), panelCatalog().end()),
                         [](const auto& p) {
                             std::string name = p.param.id;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(KeptPage, ComesBackAsItWasSetByHand)
{
    Page before;
    before.open(GetParam());
    for (std::size_t i = 0; i < before.controls().size(); ++i) {
        QWidget* control = before.controls()[i];
        if (!control->isVisible() || !control->isEnabled()) continue;
        const auto was = settingOf(*control);
        change(*control);
        QTest::qWait(1);
        // One may turn another off, or be no more than an order.
        if (i < before.controls().size() && before.controls()[i] == control) {
            EXPECT_NE(settingOf(*control), was) << control->metaObject()->className() << " "
                                                << control->objectName().toStdString() << " does not change by hand";
        }
    }
    const QVariantMap saved = before.panel->saveState();
    const QVariantMap read = QJsonDocument::fromJson(asJson(saved)).object().toVariantMap();

    Page after;
    after.rig.selection.setLayer(before.rig.selection.layer());
    after.rig.selection.setHead(before.rig.selection.head());
    after.rig.selection.setToken(before.rig.selection.token());
    after.open(GetParam());
    after.panel->restoreState(read);
    QTest::qWait(80);
    EXPECT_EQ(after.settings().join("\n").toStdString(), before.settings().join("\n").toStdString());
    EXPECT_EQ(asJson(after.panel->saveState()).toStdString(), asJson(saved).toStdString());
}

} // namespace
} // namespace test
} // namespace triptych
