// The German texts: complete, with the same places for numbers, and of the texts that the sources have today.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <map>
#include <set>

namespace triptych::test {
namespace {

/// Texts of the sources that may be without a German one, so that pages can be added before they are translated; the
/// number is printed. packaging/update_translations.sh adds the rows.
constexpr std::size_t kMostMissing = 40;

struct Message {
    QString context;
    QString source;
    QString comment;
    QStringList translations; ///< two of a text with a plural
    bool plural = false;
    bool unfinished = false;
};

QString nameOf(const Message& message)
{
    return message.context + QStringLiteral(": ") + message.source;
}

std::vector<Message> messagesIn(const QString& file)
{
    std::vector<Message> messages;
    QFile in(file);
    EXPECT_TRUE(in.open(QIODevice::ReadOnly)) << qPrintable(file);
    QXmlStreamReader xml(&in);
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const auto tag = xml.name();
        if (tag == u"name") context = xml.readElementText();
        if (tag == u"message")
            messages.push_back({context, {}, {}, {}, xml.attributes().value("numerus") == u"yes", false});
        if (tag == u"source") messages.back().source = xml.readElementText();
        if (tag == u"comment") messages.back().comment = xml.readElementText();
        if (tag == u"numerusform") messages.back().translations << xml.readElementText();
        if (tag != u"translation") continue;
        messages.back().unfinished = xml.attributes().hasAttribute("type");
        if (!messages.back().plural) messages.back().translations << xml.readElementText();
    }
    EXPECT_FALSE(xml.hasError()) << qPrintable(xml.errorString());
    return messages;
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
    const auto messages = messagesIn(kGerman);
    EXPECT_GT(messages.size(), 700U);
    for (const Message& message : messages) {
        EXPECT_FALSE(message.unfinished) << qPrintable(nameOf(message));
        EXPECT_EQ(message.translations.size(), message.plural ? 2 : 1) << qPrintable(nameOf(message));
        for (const QString& text : message.translations) EXPECT_FALSE(text.isEmpty()) << qPrintable(nameOf(message));
    }
}

TEST(Translations, HaveTheSamePlacesForNumbersAndTheSameMarkup)
{
    for (const Message& message : messagesIn(kGerman))
        for (const QString& text : message.translations) {
            EXPECT_EQ(placesIn(text), placesIn(message.source)) << qPrintable(nameOf(message)) << qPrintable(text);
            EXPECT_EQ(text.count('&') > 0, message.source.count('&') > 0) << qPrintable(nameOf(message));
            EXPECT_EQ(text.endsWith(QChar(0x2026)), message.source.endsWith(QChar(0x2026))) << qPrintable(text);
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
    const auto key = [](const Message& m) { return std::array{m.context, m.source, m.comment}; };
    std::set<std::array<QString, 3>> known;
    for (const Message& message : messagesIn(kGerman)) known.insert(key(message));
    std::map<QString, std::size_t> missing;
    std::size_t count = 0;
    for (const Message& message : messagesIn(fresh))
        if (!known.contains(key(message))) ++missing[message.context], ++count;
    for (const auto& [context, texts] : missing)
        std::printf("without a German text: %zu of %s\n", texts, qPrintable(context));
    EXPECT_LE(count, kMostMissing) << "run packaging/update_translations.sh and translate what is unfinished";
}

} // namespace
} // namespace triptych::test
