// Editing the probe text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/probe_edit.h"

#include "core/data/byte_tokenizer.h"
#include "core/session/probe_reader.h"
#include "core/session/training_run.h"
#include "ui/widgets/card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace triptych {

ProbeLength measureProbe(const QString& text, std::int64_t longest)
{
    const ByteTokenizer tokenizer;
    const std::string bytes = text.toStdString();
    const std::vector<TokenId> tokens = tokenizer.encode(bytes);
    ProbeLength length{static_cast<int>(tokens.size()), static_cast<int>(text.size()), false};
    if (static_cast<std::int64_t>(tokens.size()) <= longest) return length;
    length.cut = true;
    std::size_t read = 0;
    for (std::int64_t i = 0; i < longest; ++i) read += tokenizer.bytes_of(tokens[static_cast<std::size_t>(i)]).size();
    // A character that is cut in two counts as not read.
    while (read > 0 && (static_cast<unsigned char>(bytes[read]) & 0xC0) == 0x80) --read;
    length.characters = static_cast<int>(QString::fromUtf8(bytes.data(), static_cast<qsizetype>(read)).size());
    return length;
}

ProbeLine::ProbeLine(const Theme& theme, QWidget* parent) : QLineEdit(parent), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProbeLine::setRead(int characters)
{
    m_read = characters;
    update();
}

/// The text as the line lays it out: a line edit does not tell where its characters are, but where its cursor is.
struct ProbeLine::Shown {
    explicit Shown(const ProbeLine& edit) : layout(edit.displayText(), edit.font())
    {
        QTextOption option;
        option.setTextDirection(edit.text().isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
        option.setFlags(QTextOption::IncludeTrailingSpaces);
        layout.setTextOption(option);
        layout.beginLayout();
        line = layout.createLine();
        layout.endLayout();
        left = edit.cursorRect().center().x() - qRound(line.cursorToX(edit.cursorPosition()));
        const QMargins inside = edit.textMargins() + edit.contentsMargins();
        seen = QRect(inside.left(), 0, edit.width() - inside.left() - inside.right(), edit.height());
    }
    int place(int character) const { return left + qRound(line.cursorToX(character)); }

    QTextLayout layout;
    QTextLine line;
    int left; ///< of the text, within the widget; negative where it is scrolled
    QRect seen;
};

int ProbeLine::markPosition() const
{
    if (m_read < 0 || m_read >= text().size()) return -1;
    const Shown shown(*this);
    const int mark = shown.place(m_read);
    // Where the cut has been scrolled out at the beginning nothing of what is seen is read: the mark stays there.
    const bool backwards = shown.layout.textOption().textDirection() == Qt::RightToLeft;
    if (backwards ? mark < shown.seen.left() : mark > shown.seen.right()) return -1;
    return std::clamp(mark, shown.seen.left(), shown.seen.right());
}

void ProbeLine::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    const int mark = markPosition();
    if (mark < 0) return;
    Shown shown(*this);
    QPainter painter(this);
    painter.setClipRect(shown.seen);
    QColor shade = m_theme.colors().field;
    shade.setAlpha(170);
    // Parts where directions mix: the layout knows which, and only the ground of what is not read is drawn of it.
    QTextLayout::FormatRange unread{m_read, static_cast<int>(text().size()) - m_read, {}};
    unread.format.setBackground(shade);
    unread.format.setForeground(Qt::transparent);
    painter.setPen(Qt::transparent);
    shown.layout.draw(&painter, QPointF(shown.left, (height() - shown.line.height()) / 2), {unread});
    painter.fillRect(QRect(std::min(mark, shown.seen.right() - 1), 3, 2, height() - 6), m_theme.colors().warning);
}

ProbeEdit::ProbeEdit(RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_post(std::move(post)), m_line(new ProbeLine(theme, this)),
      m_count(mutedLabel({}, this)), m_applied(QString::fromUtf8(kDefaultProbeText))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_count);
    m_count->setObjectName(QStringLiteral("count"));
    setFocusProxy(m_line);
    m_own = m_applied;
    m_line->setText(m_own);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &ProbeEdit::apply);
    connect(m_line, &QLineEdit::textEdited, this, &ProbeEdit::edited);
    connect(m_line, &QLineEdit::returnPressed, this, &ProbeEdit::apply);
    connect(&feed, &RunFeed::stateChanged, this, &ProbeEdit::follow);
    connect(&feed, &RunFeed::runStarted, this, &ProbeEdit::follow);
    connect(&feed, &RunFeed::probeChanged, this, &ProbeEdit::follow);
    connect(&feed, &RunFeed::numbersChanged, this, [this] {
        if (isOwn() != m_showsOwn) follow(); // a step is held, or none any more
    });
    follow();
}

void ProbeEdit::setText(const QString& text)
{
    m_own = text;
    follow();
    apply();
}

/// The words stand over pictures of these words: of the frame, where nobody can write others.
void ProbeEdit::follow()
{
    m_showsOwn = isOwn();
    const auto frame = m_feed.probe();
    QString shown = m_own;
    if (!isOwn() && frame && !frame->tokens.empty()) {
        const ByteTokenizer tokenizer;
        std::string bytes;
        for (const std::int32_t token : frame->tokens) bytes += tokenizer.bytes_of(token);
        shown = QString::fromStdString(bytes);
    }
    if (m_line->text() != shown) m_line->setText(shown);
    refreshState();
    refreshCount();
}

void ProbeEdit::edited()
{
    m_own = m_line->text();
    refreshCount();
    m_pause.start();
}

void ProbeEdit::apply()
{
    m_pause.stop();
    // Without a token there is nothing to show, so the pictures of the last text stay.
    if (text().isEmpty() || text() == m_applied) return;
    m_applied = text();
    m_post(command::SetProbeText{m_applied.toStdString()});
}

void ProbeEdit::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::LanguageChange) return;
    refreshState();
    refreshCount();
}

void ProbeEdit::refreshState()
{
    m_line->setAccessibleName(tr("Probe text"));
    m_line->setEnabled(isOwn());
    if (isOwn())
        m_line->setToolTip(tr("The text that all three wings show.\n"
                              "The model reads it every few steps, and at once when you change it."));
    else if (m_feed.isLive())
        m_line->setToolTip(tr("The text as it was read at the step that is shown.\nBack to live, then write here."));
    else
        m_line->setToolTip(tr("No run is live, so there is no model to read another text.\n"
                              "Start a run, then write here."));
    m_count->setToolTip(m_line->toolTip());
}

void ProbeEdit::refreshCount()
{
    const std::int64_t longest =
        m_feed.run() && m_feed.run()->probe_tokens > 0 ? m_feed.run()->probe_tokens : kMaxProbeTokens;
    const ProbeLength length = measureProbe(m_line->text(), longest);
    m_line->setRead(length.cut ? length.characters : -1);
    if (!length.cut)
        m_count->setText(tr("%1 of at most %2 tokens").arg(length.tokens).arg(longest));
    else if (m_line->isFull())
        m_count->setText(
            tr("first %1 of at least %2 tokens", "the rest of the text is not read").arg(longest).arg(length.tokens));
    else
        m_count->setText(
            tr("first %1 of %2 tokens", "the rest of the text is not read").arg(longest).arg(length.tokens));
    m_line->setAccessibleDescription(m_count->text());
}

} // namespace triptych
