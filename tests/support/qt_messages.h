// Warnings of Qt are failures of the test in which they appear, unless the test says that it expects them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace triptych::test {

/// Warnings that contain the text are no failures while this lives; that none came is one.
class ExpectQtWarning {
public:
    explicit ExpectQtWarning(const QString& text);
    ~ExpectQtWarning();
    ExpectQtWarning(const ExpectQtWarning&) = delete;
    ExpectQtWarning& operator=(const ExpectQtWarning&) = delete;

private:
    QString m_text;
};

/// Collects from now on what Qt and the program log.
void installQtMessageHandler();
/// The unexpected warnings since the last call.
QStringList takeQtWarnings();

} // namespace triptych::test
