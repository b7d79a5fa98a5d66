// The questions of a plan, a field each, with the fault of one below it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/plan_input.h"
#include "ui/theme/theme.h"

#include <QScrollArea>

#include <array>
#include <optional>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;

namespace triptych {

/// Scrolls where there is no room for all. Two columns; one where it is tall enough.
class PlanForm : public QScrollArea {
    Q_OBJECT

public:
    /// The presets that are offered are those of the resource folders.
    explicit PlanForm(const Theme& theme, QWidget* parent = nullptr);

    const PlanInput& input() const { return m_input; }
    /// Nothing is emitted.
    void setInput(const PlanInput& input);
    /// Below its field, which is framed; nothing: none.
    void setFault(const std::optional<PlanInputFault>& fault);
    /// What an empty field stands for, by what was made of the others: "4 of 8", "2.00".
    void showDefaults(const PlanRequest& request);
    /// The name of the model that is open; empty: none is.
    void setOpenModel(const QString& name);
    /// The control of a field: a line or a box.
    QWidget* field(PlanInputField field) const;
    /// All of the fault, as it stands below its field; empty: none.
    QString faultText() const;

signals:
    /// By hand.
    void changed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Row {
        QLabel* name = nullptr;
        QLineEdit* line = nullptr;
        QComboBox* box = nullptr;
    };
    Row& row(PlanInputField field) { return m_rows[static_cast<std::size_t>(field)]; }
    const Row& row(PlanInputField field) const { return m_rows[static_cast<std::size_t>(field)]; }
    void makeRow(PlanInputField field);
    void fillBox(PlanInputField field);
    void addItem(PlanInputField field, const QString& text, const QString& key);
    void arrange();
    void frame();
    void setHint(PlanInputField field, const QString& text);
    void setPlaceholder(PlanInputField field, const QString& text);

    const Theme& m_theme;
    PlanInput m_input;
    std::optional<PlanInputFault> m_fault;
    std::array<Row, kPlanInputFields> m_rows;
    QWidget* m_page;
    QGridLayout* m_grid;
    QLabel* m_message;
    int m_columns = 0;
};

} // namespace triptych
