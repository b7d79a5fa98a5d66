// main() of the tests of the interface: one QApplication without a display, English numbers, warnings are failures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_messages.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QLocale>

namespace {

class WarningsFail : public testing::EmptyTestEventListener {
    void OnTestEnd(const testing::TestInfo&) override
    {
        // What was to be deleted later belongs to this test, too.
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        for (const QString& warning : triptych::test::takeQtWarnings())
            ADD_FAILURE() << "unexpected warning: " << warning.toStdString();
    }
};

} // namespace

int main(int argc, char** argv)
{
    testing::InitGoogleTest(&argc, argv);
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    const QApplication application(argc, argv);
    // From here on: what Qt thinks of the machine it starts on is no matter of the tests.
    triptych::test::installQtMessageHandler();
    // Before the printer of results, which must see the failures that this one adds.
    auto& listeners = testing::UnitTest::GetInstance()->listeners();
    auto* printer = listeners.Release(listeners.default_result_printer());
    listeners.Append(new WarningsFail);
    listeners.Append(printer);
    return RUN_ALL_TESTS();
}
