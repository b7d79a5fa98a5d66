// The rows of a file of translations.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <QFile>
#include <QStringList>
#include <QXmlStreamReader>

#include <vector>

namespace triptych::test {

struct TranslationRow {
    QString context;
    QString source;
    QString comment;
    QStringList translations; ///< two of a text with a plural
    bool plural = false;
    bool unfinished = false;
};

inline std::vector<TranslationRow> translationRows(const QString& file)
{
    std::vector<TranslationRow> messages;
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

} // namespace triptych::test
