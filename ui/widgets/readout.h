// One number of the top bar: small caption, value, unit; its width never changes while digits do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>
#include <QWidget>

namespace triptych {

/// Whether a number is of now, or of a step that somebody went back to.
enum class ReadoutTone : std::uint8_t { Plain = 1, Muted };

/// Painted by itself: a label would have the whole bar laid out anew for each digit. The unit follows the value, the
/// room that the widest value needs is behind both.
class Readout : public QWidget {
    Q_OBJECT

public:
    /// widest: a value as wide as any that will come; a wider one makes room for itself once. explanation: the tooltip,
    /// with formula and source.
    Readout(const QString& caption, const QString& unit, const QString& widest, const QString& explanation,
            QWidget* parent = nullptr);

    void setValue(const QString& value);
    QString value() const { return m_value; }
    /// Small, behind the value, instead of the unit: "now 1,241".
    void setNote(const QString& note);
    QString note() const { return m_note; }
    /// Small, behind the caption: "38 min left".
    void setCaptionNote(const QString& note);
    QString captionNote() const { return m_captionNote; }
    void setExplanation(const QString& explanation);
    void setTone(ReadoutTone tone);
    ReadoutTone tone() const { return m_tone; }

    QSize sizeHint() const override { return {m_width, m_height}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void measure();
    int widthOf(const QString& value) const;
    void nameIt();

    QString m_caption;
    QString m_unit;
    QString m_note;
    QString m_captionNote;
    QString m_widest;
    QString m_value;
    QFont m_small;
    QFont m_large;
    ReadoutTone m_tone = ReadoutTone::Plain;
    int m_width = 0;
    int m_height = 0;
};

} // namespace triptych
