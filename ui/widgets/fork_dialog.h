// Asks what a fork is to be: from which checkpoint, with which settings, how far, and where.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over a header of the standard library that this one includes
#include "core/session/command.h"
#include "core/session/run_row.h"
#endif
#include "ui/theme/theme.h"

#include <QDialog>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace triptych {

/// Says what is wrong while it is typed; what cannot be started cannot be accepted.
class ForkDialog : public QDialog {
    Q_OBJECT

public:
    /// Of a run with a manifest and a checkpoint. `place` is the folder that new runs are made in.
    ForkDialog(std::shared_ptr<const RunRow> run, const QString& place, const Theme& theme, QWidget* parent = nullptr);

    RunRequest request() const;
    /// Chooses the newest checkpoint at or before the step, or the oldest.
    void chooseStep(std::int64_t step);

private:
    void chooseEnd();
    void check();
    std::vector<std::string> settings() const;
    std::int64_t step() const;

    std::shared_ptr<const RunRow> m_run;
    const Theme& m_theme;
    QString m_place;
    QComboBox* m_step;
    QLineEdit* m_settings;
    QSpinBox* m_end;
    QLineEdit* m_folder;
    QLabel* m_note;
    QPushButton* m_start;
};

} // namespace triptych
