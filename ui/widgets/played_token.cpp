// Putting the numbers of a token into sentences and rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/played_token.h"

#include "ui/widgets/elided_label.h"
#include "ui/widgets/guess_bars.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/token_text.h"

#include <QLabel>
#include <QTextDocument>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kRoomForGuesses = 260; // px of height
constexpr int kLooks = 3;            // places of a layer
constexpr double kLeast = 0.02;      // smaller weights are not named

QString quoted(const std::string& text)
{
    return PlayedToken::tr("“%1”").arg(tokenLabel(text));
}

/// "“o” 40 %, “h” 31 %".
QString looks(const PlayText& text, const TokenReading& reading, std::int64_t layer)
{
    std::vector<std::pair<double, std::int64_t>> places;
    for (std::int64_t key = 0; key < reading.keys; ++key)
        if (const double weight = reading.weight(layer, key); weight >= kLeast) places.emplace_back(weight, key);
    std::sort(places.begin(), places.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QStringList parts;
    for (const auto& [weight, key] : places) {
        if (parts.size() == kLooks) break;
        parts.push_back(quoted(text.tokens[static_cast<std::size_t>(key)].text) + QChar(QChar::Nbsp) +
                        percentText(weight, 0));
    }
    if (parts.isEmpty()) { // a layer that has not learnt to look yet
        double most = 0;
        for (std::int64_t key = 0; key < reading.keys; ++key) most = std::max(most, reading.weight(layer, key));
        return PlayedToken::tr("all, at most %1").arg(percentText(most));
    }
    return parts.join(QStringLiteral(", "));
}

/// "e3 0.41 · e9 0.22"; "dense" for a layer without experts.
QString experts(const TokenReading& reading, std::int64_t layer)
{
    QStringList parts;
    for (const TokenRoute& route : reading.routes)
        for (std::size_t i = 0; route.layer == layer && i < route.experts.size(); ++i)
            parts.push_back(
                QStringLiteral("e%1\u00a0%2").arg(QString::number(route.experts[i]), fixedText(route.weights[i], 2)));
    return parts.isEmpty() ? PlayedToken::tr("dense") : parts.join(QStringLiteral(" · "));
}

QString rows(const PlayText& text, const TokenReading& reading, const ThemeColors& colors)
{
    // Rich text makes a common space, where a line may end, of a narrow one.
    const auto cell = [](const QString& content, const QColor& color) {
        return QStringLiteral("<td style='color:%1;padding-right:10px'>%2</td>")
            .arg(color.name(), content.toHtmlEscaped().replace(QChar(0x202f), QChar(QChar::Nbsp)));
    };
    QString html = QStringLiteral("<table cellspacing='0'><tr>") + cell(PlayedToken::tr("layer"), colors.muted) +
                   cell(PlayedToken::tr("experts, weight"), colors.moe) +
                   cell(PlayedToken::tr("looks at"), colors.mla) + QStringLiteral("</tr>");
    for (std::int64_t layer = 0; layer < reading.layers; ++layer)
        html += QStringLiteral("<tr>") + cell(QString::number(layer), colors.muted) +
                cell(experts(reading, layer), colors.text) +
                cell(reading.attention.empty() ? PlayedToken::tr("not kept in so long a text")
                                               : looks(text, reading, layer),
                     colors.text) +
                QStringLiteral("</tr>");
    return html + QStringLiteral("</table>");
}

} // namespace

PlayedToken::PlayedToken(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_title(new ElidedLabel(this)), m_choice(new ElidedLabel(this)),
      m_draft(new ElidedLabel(this)), m_guesses(new GuessBars(theme, &ThemeColors::mtp, this)), m_layers(new QLabel),
      m_scroll(scrollColumn(m_layers, tr("Experts and attention of the token, by layer"), this))
{
    m_choice->setHint(tr("The model's own probability, softmax of its logits before temperature, top-p and top-k."));
    m_draft->setHint(tr("What the first MTP module expected at this place, one token before the main model could say "
                        "it.\nDeepSeek-V3 report, section 2.2."));
    m_guesses->setAccessibleName(tr("Likeliest tokens at this place"));
    m_layers->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_layers->setTextFormat(Qt::RichText);
    m_layers->setWordWrap(true);
    m_layers->setTextInteractionFlags(Qt::NoTextInteraction);
    m_layers->setToolTip(
        tr("The experts that the token went to when it was read, with their weights (report, section "
           "2.1.2),\nand the tokens it looked at most: of each layer the largest weight of any head."));

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    for (QWidget* part : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_choice),
                          static_cast<QWidget*>(m_draft), static_cast<QWidget*>(m_guesses)})
        layout->addWidget(part);
    layout->addWidget(m_scroll, 1);
}

void PlayedToken::show(const PlayText& text, const QString& lane, int token)
{
    const ThemeColors& colors = m_theme.colors();
    const bool there = token >= 0 && token < static_cast<int>(text.tokens.size());
    m_hasGuesses = there && !text.tokens[static_cast<std::size_t>(token)].from_prompt;
    m_choice->setColor(colors.muted);
    if (!there) {
        m_title->setText(tr("Point at a token, or go to one with the arrow keys:"));
        m_choice->setText(tr("here are its probability, its experts, its draft"));
        m_draft->setText(tr("and the tokens it looked at."));
        m_draft->setColor(colors.muted);
        m_layers->clear();
        return arrange();
    }
    const PlayToken& shown = text.tokens[static_cast<std::size_t>(token)];
    m_title->setText(tr("%1: %2, token %3").arg(lane, quoted(shown.text), countText(shown.position + 1)));
    m_choice->setText(shown.from_prompt ? tr("of the prompt")
                                        : tr("chosen with %1").arg(percentText(shown.probability)));
    m_draft->setText({});
    m_draft->setColor(colors.muted);
    if (shown.draft) {
        const bool right = shown.draft->token == shown.token;
        m_draft->setText((right ? tr("✓ MTP expected %1, %2") : tr("✗ MTP expected %1, %2"))
                             .arg(quoted(shown.draft->text), percentText(shown.draft->probability)));
        if (right) m_draft->setColor(colors.good);
    }
    int marked = -1;
    for (std::size_t i = 0; i < shown.alternatives.size(); ++i)
        if (shown.alternatives[i].token == shown.token) marked = static_cast<int>(i);
    m_guesses->show({{tr("likeliest here"), shown.alternatives, marked}}, {});
    const bool read = token < static_cast<int>(text.readings.size());
    m_layers->setText(read ? rows(text, text.readings[static_cast<std::size_t>(token)], colors) : QString());
    arrange();
}

void PlayedToken::resizeEvent(QResizeEvent*)
{
    arrange();
}

void PlayedToken::arrange()
{
    m_guesses->setVisible(m_hasGuesses && height() >= kRoomForGuesses);
    m_draft->setVisible(!m_draft->text().isEmpty());
}

QString PlayedToken::words() const
{
    QTextDocument layers;
    layers.setHtml(m_layers->text());
    return QStringList{m_title->text(), m_choice->text(), m_draft->text(), m_guesses->accessibleDescription(),
                       layers.toPlainText()}
        .join(QLatin1Char('\n'));
}

} // namespace triptych
