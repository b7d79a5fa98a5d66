// Every number that a page writes can be asked what it is: by a tooltip, or what screen readers read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/readout.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QRegularExpression>
#include <QTest>

namespace triptych {

void PrintTo(const PanelInfo& info, std::ostream* out);

namespace test {
namespace {

/// What a person reads there; empty for what is no text.
QString textOf(const QWidget& widget)
{
    if (const auto* label = qobject_cast<const QLabel*>(&widget)) return label->text();
    if (const auto* label = qobject_cast<const ElidedLabel*>(&widget)) return label->text();
    if (const auto* readout = qobject_cast<const Readout*>(&widget)) return readout->value();
    return {};
}

/// A figure, and not the number in a name as "Layer 3", "e9", "MTP 1" or a step.
bool hasFigure(QString text)
{
    static const QRegularExpression names(
        QStringLiteral(
            "(step|steps|layer|expert|head|MTP|part|group|token|position|GPU|lane|of)\\s+[0-9.,]+|\\b[a-z][0-9]+\\b"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression quoted(QStringLiteral("“[^”]*”|\"[^\"]*\"|<[^>]*>"));
    static const QRegularExpression digit(QStringLiteral("[0-9]"));
    return text.remove(quoted).remove(names).contains(digit);
}

bool isExplained(const QWidget& widget, const QWidget& page)
{
    for (const QWidget* at = &widget; at != &page; at = at->parentWidget())
        if (!at->toolTip().isEmpty() || !at->accessibleDescription().isEmpty()) return true;
    return false;
}

class ExplainedPage : public testing::TestWithParam<PanelInfo> {};

INSTANTIATE_TEST_SUITE_P(Catalog, ExplainedPage, testing::ValuesIn(panelCatalog().begin(), panelCatalog().end()),
                         [](const auto& p) {
                             std::string name = p.param.id;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(ExplainedPage, EveryNumberThatIsWrittenSaysWhatItIs)
{
    PanelRig rig(ThemeChoice::Light);
    SyntheticRun run;
    run.groups = 2;
    run.mtp_depth = 2;
    fill_feed(rig.feed, run);
    rig.selection.setExpertOfLayer(2, 3);
    rig.selection.setToken(4);
    const std::unique_ptr<Panel> panel(GetParam().create(rig.context(), nullptr));
    panel->resize(1600, 1000);
    panel->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
    QTest::qWait(120); // curves and tables
    int figures = 0;
    for (const QWidget* widget : panel->findChildren<QWidget*>()) {
        if (!widget->isVisible() || !hasFigure(textOf(*widget))) continue;
        ++figures;
        EXPECT_TRUE(isExplained(*widget, *panel))
            << widget->metaObject()->className() << " \"" << widget->objectName().toStdString()
            << "\": " << textOf(*widget).toStdString();
    }
    EXPECT_GE(figures, GetParam().id == std::string_view("mtp") ? 4 : 0) << "the test sees no numbers";
}

TEST_P(ExplainedPage, EveryReadoutHasAFormulaOrASource)
{
    PanelRig rig(ThemeChoice::Light);
    fill_feed(rig.feed);
    const std::unique_ptr<Panel> panel(GetParam().create(rig.context(), nullptr));
    panel->resize(1600, 1000);
    panel->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
    for (const Readout* readout : panel->findChildren<Readout*>())
        EXPECT_GT(readout->toolTip().size(), 30) << readout->accessibleName().toStdString();
}

} // namespace
} // namespace test
} // namespace triptych
