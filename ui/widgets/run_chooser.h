// What to train: model, data, balancing. One row of choosers; nothing in it touches a run that goes on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"

#include <QWidget>

class QComboBox;
class QPushButton;

namespace triptych {

class RunChooser : public QWidget {
    Q_OBJECT

public:
    explicit RunChooser(QWidget* parent = nullptr);

    /// Model, data and router as chosen; limits and folder are left to the caller.
    RunRequest request() const;
    /// Shows what a run was started with.
    void show(const std::string& model, const std::vector<std::string>& texts, const std::string& router);

signals:
    /// The person wants this to be trained now.
    void startRequested();

private:
    void fillModels();
    void fillData();
    void fillRouters();
    void askForFile(QComboBox& box, int index);
    /// Another model implies the router that its file names.
    void followModel();
    static void choose(QComboBox& box, const QString& value);

    QComboBox* m_model;
    QComboBox* m_data;
    QComboBox* m_router;
    QPushButton* m_start;
    int m_lastModel = 0;
    int m_lastData = 0;
};

} // namespace triptych
