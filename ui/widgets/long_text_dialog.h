// A text for the model to read, longer than a line: typed, pasted or from a file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace triptych {

class LongTextDialog : public QDialog {
    Q_OBJECT

public:
    /// Of a file; no more can be read by a model anyway.
    static constexpr qint64 kMostBytes = 1 << 20;

    explicit LongTextDialog(QWidget* parent = nullptr);

    /// mostTokens: that are read; modelTokens: the positions of the model, -1: not known.
    void setLimits(std::int64_t mostTokens, std::int64_t modelTokens);
    void setText(const QString& text);
    QString text() const;
    /// Its beginning, where it is longer than kMostBytes; else says below the text why it could not be read.
    void readFile(const QString& path);

signals:
    void readWanted(const QString& text);

private:
    void chooseFile();
    void refresh();

    QPlainTextEdit* m_edit;
    QLabel* m_count;
    QLabel* m_note;
    QPushButton* m_read;
    std::int64_t m_most = 0;
    std::int64_t m_model = -1;
};

} // namespace triptych
