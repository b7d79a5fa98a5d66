// The field, the file and how much of it is read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/long_text_dialog.h"

#include "core/data/byte_tokenizer.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

LongTextDialog::LongTextDialog(QWidget* parent)
    : QDialog(parent), m_edit(new QPlainTextEdit(this)), m_count(mutedLabel({}, this)), m_note(new QLabel(this)),
      m_read(new QPushButton(tr("Read"), this))
{
    setWindowTitle(tr("Long text"));
    setObjectName(QStringLiteral("longText"));
    resize(560, 380);
    m_edit->setObjectName(QStringLiteral("text"));
    m_edit->setAccessibleName(tr("Long text"));
    m_edit->setPlaceholderText(tr("A text to be read with the newest weights: type, paste, or open a file."));
    m_edit->setTabChangesFocus(true);
    m_count->setObjectName(QStringLiteral("count"));
    m_note->setObjectName(QStringLiteral("note"));
    m_note->setWordWrap(true);
    m_note->hide();
    auto* file = new QPushButton(tr("Open file…"), this);
    file->setAccessibleName(tr("Take the text from a file"));
    m_read->setObjectName(QStringLiteral("read"));
    m_read->setDefault(true);
    m_read->setToolTip(tr("The run saves its weights, and the text is read with them beside the training."));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->addButton(m_read, QDialogButtonBox::AcceptRole);
    auto* row = new QHBoxLayout;
    row->addWidget(file);
    row->addWidget(buttons, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_count);
    layout->addWidget(m_note);
    layout->addLayout(row);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &LongTextDialog::refresh);
    connect(file, &QPushButton::clicked, this, &LongTextDialog::chooseFile);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        accept();
        emit readWanted(text());
    });
    refresh();
}

void LongTextDialog::setLimits(std::int64_t mostTokens, std::int64_t modelTokens)
{
    m_most = mostTokens;
    m_model = modelTokens;
    refresh();
}

void LongTextDialog::setText(const QString& text)
{
    m_edit->setPlainText(text);
}

QString LongTextDialog::text() const
{
    return m_edit->toPlainText();
}

void LongTextDialog::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Text to read"));
    if (!path.isEmpty()) readFile(path);
}

void LongTextDialog::readFile(const QString& path)
{
    QFile file(path);
    m_note->hide();
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        const QString why = QFileInfo::exists(path) ? file.errorString() : tr("there is no such file");
        m_note->setText(tr("%1 cannot be read: %2. Choose another file.").arg(path, why));
        m_note->show();
        return;
    }
    setText(QString::fromUtf8(file.read(kMostBytes)));
}

void LongTextDialog::refresh()
{
    // Run tokens are bytes today; what the model's own tokenizer makes of them is counted when it is read.
    const std::size_t tokens = ByteTokenizer().encode(text().toStdString()).size();
    const auto count = static_cast<std::int64_t>(tokens);
    QString line = tr("%1 tokens; at most %2 are read").arg(countText(count), countText(m_most));
    if (m_model >= 0 && m_model <= m_most)
        line = tr("%1 tokens; this model has positions for %2").arg(countText(count), countText(m_model));
    if (m_most > 0 && count > (m_model >= 0 ? std::min(m_most, m_model) : m_most)) line += tr(", the rest is cut");
    m_count->setText(line);
    m_read->setEnabled(count > 0);
}

} // namespace triptych
