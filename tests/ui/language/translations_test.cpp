// The German texts: complete, with the same places for numbers, and of the texts that the sources have today.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temp_folder.h"
#include "tests/support/translation_rows.h"

#include <gtest/gtest.h>

#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>

#include <map>
#include <set>

namespace triptych::test {
namespace {

/// Texts of the sources that may be without a German one: none. packaging/update_translations.sh adds the rows of new
/// ones; their number is printed by context.
constexpr std::size_t kMostMissing = 0;

QString nameOf(const TranslationRow& message)
{
    return message.context + QStringLiteral(": ") + message.source;
}

/// "%1", "%n", markup and the keys of menus: what both languages must have alike.
std::multiset<QString> placesIn(const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%[0-9n]|<[^<> ]+>|\t"));
    std::multiset<QString> places;
    for (auto it = place.globalMatch(text); it.hasNext();) places.insert(it.next().captured());
    return places;
}

const QString kGerman = QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources/translations/triptych_de.ts");

TEST(Translations, HaveNoRowWithoutAGermanText)
{
    const auto messages = translationRows(kGerman);
    EXPECT_GT(messages.size(), 700U);
    for (const TranslationRow& message : messages) {
        EXPECT_FALSE(message.unfinished) << qPrintable(nameOf(message));
        EXPECT_EQ(message.translations.size(), message.plural ? 2 : 1) << qPrintable(nameOf(message));
        for (const QString& text : message.translations) EXPECT_FALSE(text.isEmpty()) << qPrintable(nameOf(message));
    }
}

TEST(Translations, HaveTheSamePlacesForNumbersAndTheSameMarkup)
{
    for (const TranslationRow& message : translationRows(kGerman))
        for (const QString& text : message.translations) {
            EXPECT_EQ(placesIn(text), placesIn(message.source)) << qPrintable(nameOf(message)) << qPrintable(text);
            EXPECT_EQ(text.count('&') > 0, message.source.count('&') > 0) << qPrintable(nameOf(message));
            EXPECT_EQ(text.endsWith(QChar(0x2026)), message.source.endsWith(QChar(0x2026))) << qPrintable(text);
        }
}

QString sourcesOfTheWindow()
{
    QString all;
    for (QDirIterator it(QStringLiteral(TRIPTYCH_SOURCE_DIR "/ui"), {"*.h", "*.cpp"}, QDir::Files,
                         QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        all += QString::fromUtf8(file.readAll());
    }
    return all;
}

/// A row under another name than the program looks it up by would never be found; lupdate guesses wrongly at times.
TEST(Translations, AreUnderTheNamesThatTheProgramLooksThemUpBy)
{
    const QString sources = sourcesOfTheWindow();
    std::set<QString> contexts;
    for (const TranslationRow& row : translationRows(kGerman)) contexts.insert(row.context);
    EXPECT_GT(contexts.size(), 60U);
    for (const QString& context : contexts) {
        const QString name = QRegularExpression::escape(context.section(QStringLiteral("::"), -1));
        const QString pattern = context.contains(QStringLiteral("::"))
                                    ? QStringLiteral("class %1\\b[^;{]*\\{\\s*Q_OBJECT|TR_FUNCTIONS\\(triptych::%1\\)")
                                    : QStringLiteral("(translate|NOOP)\\(\\s*\"%1\"|TR_FUNCTIONS\\(%1\\)");
        EXPECT_TRUE(QRegularExpression(pattern.arg(name)).match(sources).hasMatch()) << qPrintable(context);
    }
}

TEST(Translations, AreOfTheTextsThatTheSourcesHave)
{
    if (!QFile::exists(QStringLiteral(TRIPTYCH_LUPDATE)))
        GTEST_SKIP() << "lupdate is not there (Debian: qt6-l10n-tools), so the texts of the sources are not known";
    const TempFolder folder;
    const QString fresh = QString::fromStdString((folder.path() / "fresh.ts").string());
    QProcess lupdate;
    lupdate.setWorkingDirectory(QStringLiteral(TRIPTYCH_SOURCE_DIR));
    lupdate.start(QStringLiteral(TRIPTYCH_LUPDATE),
                  {"-silent", "-recursive", "ui", "-I", ".", "-locations", "none", "-ts", fresh});
    ASSERT_TRUE(lupdate.waitForFinished(60000));
    ASSERT_EQ(lupdate.exitCode(), 0);
    const auto key = [](const TranslationRow& m) { return std::array{m.context, m.source, m.comment}; };
    std::set<std::array<QString, 3>> known;
    for (const TranslationRow& message : translationRows(kGerman)) known.insert(key(message));
    std::map<QString, std::size_t> missing;
    std::size_t count = 0;
    for (const TranslationRow& message : translationRows(fresh))
        if (!known.contains(key(message))) ++missing[message.context], ++count;
    for (const auto& [context, texts] : missing)
        std::printf("without a German text: %zu of %s\n", texts, qPrintable(context));
    EXPECT_LE(count, kMostMissing) << "run packaging/update_translations.sh and translate what is unfinished";
}

} // namespace
} // namespace triptych::test
