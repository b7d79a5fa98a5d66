// Putting tokens together to words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/token_text.h"

#include "core/util/utf8.h"

#include <QCoreApplication>

#include <cstdlib>
#include <optional>
#include <string_view>

namespace triptych {

namespace {

constexpr std::string_view kSpace = "\u2423"; // as Tokenizer::token_text shows them
constexpr std::string_view kLineEnd = "\u21B5";
constexpr std::string_view kTab = "\u21E5";

/// The byte that a text like "<0xC3>" stands for.
std::optional<char> byteOf(const std::string& text)
{
    if (text.size() != 6 || text.rfind("<0x", 0) != 0 || text[5] != '>') return std::nullopt;
    char* end = nullptr;
    const long value = std::strtol(text.c_str() + 3, &end, 16);
    return end == text.c_str() + 5 ? std::optional(static_cast<char>(value)) : std::nullopt;
}

bool isBlank(const std::string& text)
{
    return text == kSpace || text == kLineEnd || text == kTab;
}

} // namespace

QString tokenLabel(const std::string& text)
{
    return byteOf(text) ? QString::fromStdString(text.substr(3, 2)) : QString::fromStdString(text);
}

TokenTexts::TokenTexts(const std::vector<std::string>& texts)
{
    std::string bytes;
    const auto closeWord = [&] {
        if (!bytes.empty()) m_words.back().text = QString::fromStdString(to_valid_utf8(bytes));
        bytes.clear();
    };
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::string& text = texts[i];
        m_labels.push_back(tokenLabel(text));
        const bool spaced = text.rfind(kSpace, 0) == 0;
        if (spaced || isBlank(text)) closeWord();
        m_wordOf.push_back(isBlank(text) ? -1 : static_cast<int>(m_words.size()) - (bytes.empty() ? 0 : 1));
        if (isBlank(text)) continue;
        if (bytes.empty()) m_words.push_back({static_cast<int>(i), 0, {}});
        ++m_words.back().count;
        const std::optional<char> byte = byteOf(text);
        bytes += byte ? std::string(1, *byte) : spaced ? text.substr(kSpace.size()) : text;
    }
    closeWord();
}

QString TokenTexts::label(int token) const
{
    return token >= 0 && token < count() ? m_labels[static_cast<std::size_t>(token)] : QString();
}

int TokenTexts::wordOf(int token) const
{
    return token >= 0 && token < count() ? m_wordOf[static_cast<std::size_t>(token)] : -1;
}

QString TokenTexts::quoted(int token) const
{
    return QCoreApplication::translate("Tokens", "“%1”").arg(label(token));
}

QString TokenTexts::name(int token) const
{
    const int word = wordOf(token);
    if (word < 0 || m_words[static_cast<std::size_t>(word)].count < 2) return quoted(token);
    return QCoreApplication::translate("Tokens", "%1 in “%2”", "a token in its word")
        .arg(quoted(token), m_words[static_cast<std::size_t>(word)].text);
}

} // namespace triptych
