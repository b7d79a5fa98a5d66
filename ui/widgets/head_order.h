// A button that chooses the order of the small pictures of heads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/head_gallery.h"

#include <QToolButton>

#include <optional>

namespace triptych {

/// Shows the order as a word, or as a sign where there is little room.
class HeadOrder : public QToolButton {
    Q_OBJECT

public:
    enum class Text : std::uint8_t { Word = 1, Sign };

    explicit HeadOrder(HeadGallery& gallery, QWidget* parent = nullptr);

    /// By a habit, as it is now; nothing: by layer.
    void setOrder(std::optional<Habit> order);
    void setTextAs(Text text);

private:
    void name();

    HeadGallery& m_gallery;
    Text m_textAs = Text::Word;
};

} // namespace triptych
