// The message handler behind the tests of the interface.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_messages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <mutex>

namespace triptych::test {

namespace {

struct Messages {
    std::mutex mutex;
    QStringList unexpected;
    std::map<QString, int> expected; ///< and how often each came
};

Messages& messages()
{
    static Messages all;
    return all;
}

/// How the offscreen platform begins what it says of each window with a minimum size and of each popup. It concerns no
/// program.
constexpr const char* kPlatformNote = "This plugin does not support ";
/// What a model writes that has hardly learnt anything may be of any script, and no machine has fonts for all of them.
constexpr const char* kFontNote = "OpenType support missing for ";

void handle(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (text.startsWith(QLatin1String(kPlatformNote)) || text.trimmed().startsWith(QLatin1String(kFontNote))) return;
    std::fprintf(stderr, "%s\n", qPrintable(text));
    if (type == QtDebugMsg || type == QtInfoMsg) return;
    const std::lock_guard lock(messages().mutex);
    for (auto& [part, count] : messages().expected) {
        if (!text.contains(part)) continue;
        ++count;
        return;
    }
    messages().unexpected.append(text);
}

} // namespace

ExpectQtWarning::ExpectQtWarning(const QString& text) : m_text(text)
{
    const std::lock_guard lock(messages().mutex);
    messages().expected[text] = 0;
}

ExpectQtWarning::~ExpectQtWarning()
{
    const std::lock_guard lock(messages().mutex);
    EXPECT_GT(messages().expected[m_text], 0) << "no warning said \"" << m_text.toStdString() << '"';
    messages().expected.erase(m_text);
}

void installQtMessageHandler()
{
    qInstallMessageHandler(handle);
}

QStringList takeQtWarnings()
{
    const std::lock_guard lock(messages().mutex);
    return std::exchange(messages().unexpected, {});
}

} // namespace triptych::test
