// Tokens in words: short labels, the words they are part of, names for sentences.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace triptych {

/// A run of tokens that people read as one word: what lies between spaces and line ends.
struct TokenWord {
    int first = 0;
    int count = 0;
    QString text; ///< bytes of a character put together again: "Häuser" and not "H<0xC3><0xA4>user"
};

/// Token texts as in ProbeFrame::token_texts, made ready for painting and for sentences.
class TokenTexts {
public:
    TokenTexts() = default;
    explicit TokenTexts(const std::vector<std::string>& texts);

    int count() const { return static_cast<int>(m_labels.size()); }
    bool operator==(const TokenTexts& other) const { return m_labels == other.m_labels; }
    /// Short, for a cell: "s", "␣", "C3" for a byte that is part of a character. Empty beyond the text.
    QString label(int token) const;
    /// “s”, where there is no room for its word.
    QString quoted(int token) const;
    /// For a sentence: “s” in “house”; a token that is a word alone stands for itself.
    QString name(int token) const;
    /// Words in order; spaces and line ends belong to none.
    const std::vector<TokenWord>& words() const { return m_words; }
    /// The index of the token's word, or -1.
    int wordOf(int token) const;

private:
    std::vector<QString> m_labels;
    std::vector<TokenWord> m_words;
    std::vector<int> m_wordOf;
};

/// The label of a single token text.
QString tokenLabel(const std::string& text);

} // namespace triptych
