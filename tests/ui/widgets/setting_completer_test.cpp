// What the field of a fork offers while settings are typed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "tests/support/run_folders.h"
#include "ui/widgets/setting_completer.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QLineEdit>
#include <QTest>

namespace triptych::test {
namespace {

class SettingCompleterTest : public testing::Test {
protected:
    SettingCompleterTest()
    {
        m_field.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_field));
        m_field.setFocus();
    }
    static Manifest manifest()
    {
        Manifest run = made_up_manifest();
        run.train.sequence_length = run.model.max_position_embeddings;
        return run;
    }
    void type(const QString& text) { QTest::keyClicks(&m_field, text); }
    void choose()
    {
        QTest::keyClick(m_completer.popup(), Qt::Key_Down);
        QTest::keyClick(m_completer.popup(), Qt::Key_Return);
    }

    QLineEdit m_field;
    SettingCompleter& m_completer = *new SettingCompleter(settingsOfFork(manifest()), m_field);
};

TEST_F(SettingCompleterTest, OffersNamesWithTheirValuesAndThenTheValuesOfAName)
{
    type("rate");
    EXPECT_TRUE(m_completer.popup()->isVisible());
    EXPECT_EQ(m_completer.offered(), (QStringList{"learning_rate, now 0.001", "min_learning_rate, now 0"}));
    choose();
    EXPECT_EQ(m_field.text(), "learning_rate=");
    type("0.0005 prec");
    EXPECT_EQ(m_completer.offered(), QStringList{"precision, now auto"});
    choose();
    EXPECT_EQ(m_field.text(), "learning_rate=0.0005 precision=") << "what is there already stays";
    type("f");
    EXPECT_EQ(m_completer.offered(), (QStringList{"precision=f32", "precision=fp8-sim", "precision=f64"}));
    choose();
    EXPECT_EQ(m_field.text(), "learning_rate=0.0005 precision=f32");
}

TEST_F(SettingCompleterTest, DownShowsAllThatAForkMayChange)
{
    QTest::keyClick(&m_field, Qt::Key_Down);
    ASSERT_TRUE(m_completer.popup()->isVisible());
    const QString all = m_completer.offered().join(' ');
    for (const char* name : {"learning_rate", "seed", "recompute"}) EXPECT_TRUE(all.contains(name)) << name;
    for (const char* name : {"router", "validation_fraction"})
        EXPECT_FALSE(all.contains(name)) << name << " cannot be changed in a fork";
}

} // namespace
} // namespace triptych::test
