// One line that finds everything: actions, panels, metrics, alerts, a layer and an expert.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class QLineEdit;
class QListWidget;

namespace triptych {

/// One thing that can be found.
struct PaletteEntry {
    QString group; ///< "Panel", "Alert", "Metric", or that of an action
    QString text;
    QString key; ///< shown at the end of the line; may be empty
    std::function<void()> run;
    bool enabled = true;
};

/// Those that have all words of the text somewhere in group or text, in any order and case; those that begin with the
/// text first. Indices of the entries.
std::vector<std::size_t> findEntries(const std::vector<PaletteEntry>& entries, const QString& text);

/// What "layer 3 expert 9" asks for, in any order; also head, token, step.
struct WantedSelection {
    std::optional<std::int64_t> layer, expert, head, token, step;
    bool operator==(const WantedSelection&) const = default;
};
/// Nothing where a word is none of these, or a number is missing.
std::optional<WantedSelection> selectionIn(const QString& text);

/// Typing filters, up and down choose, Enter does it, Escape closes. The list is as when it was opened.
class PaletteDialog : public QDialog {
    Q_OBJECT

public:
    /// `typed` gives the entry that a text itself asks for; nothing: none.
    PaletteDialog(std::vector<PaletteEntry> entries, std::function<std::optional<PaletteEntry>(const QString&)> typed,
                  QWidget* parent);

    QLineEdit* line() const { return m_line; }
    /// Of those shown, the first is chosen.
    QStringList shown() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void runCurrent();

    std::vector<PaletteEntry> m_entries;
    std::function<std::optional<PaletteEntry>(const QString&)> m_typed;
    std::vector<PaletteEntry> m_shown;
    QLineEdit* m_line;
    QListWidget* m_list;
};

} // namespace triptych
