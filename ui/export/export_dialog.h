// Choosing what a card is to be as a file, with a picture of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/export_sheet.h"

#include <QDialog>
#include <QTimer>

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QSettings;
class QSpinBox;
class QStackedLayout;

namespace triptych {

/// Begins with what was chosen last. The card itself is not touched.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// All that is given outlives the dialog. `part` as ExportSheet takes it.
    ExportDialog(const PanelInfo& info, const PanelContext& context, Panel& panel, QWidget* parent = nullptr,
                 QVariantMap part = {});
    ~ExportDialog() override;

    ExportForm form() const;
    ExportKind kind() const;
    void choose(ExportKind kind, const ExportForm& form);
    /// Into this file, as chosen, when all of it is read. What goes wrong is said in the dialog; false then.
    bool save(const QString& file);
    void copy();

    /// What was chosen last; nonsense in the settings is the default.
    static ExportForm lastForm(const QSettings& settings);
    static ExportKind lastKind(const QSettings& settings);
    static void remember(QSettings& settings, ExportKind kind, const ExportForm& form);

private:
    QWidget* makeChoices();
    QWidget* makePreview();
    void changed();
    void showPreview();
    void showSheet();
    void showTable();
    void showPicture();
    void chooseFile();
    QString suggestedFile() const;

    const PanelInfo& m_info;
    PanelContext m_context;
    Panel& m_panel;
    QVariantMap m_part;
    QButtonGroup* m_kinds;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_height;
    QSpinBox* m_dpi;
    QComboBox* m_look;
    QLabel* m_note;
    QStackedLayout* m_previews = nullptr;
    QLabel* m_picture;
    QPlainTextEdit* m_text;
    QTimer m_soon;
    QTimer m_loading; ///< until the curves of a run that lies in files are there
    std::unique_ptr<ExportSheet> m_sheet;
};

} // namespace triptych
