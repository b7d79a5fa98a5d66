// Settings as they are typed, key=value with blanks between: the names that there are, and the values that a name
// takes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCompleter>
#include <QStringList>

#include <vector>

class QLineEdit;
class QStandardItemModel;

namespace triptych {

struct Manifest;

struct OfferedSetting {
    QString key;
    QString now;        ///< its value in the run
    QStringList values; ///< that it may have; of a number the one that it has
    QString help;
};

/// What a fork of this run may change, in the order of the configuration.
std::vector<OfferedSetting> settingsOfFork(const Manifest& run);

/// Completes the word at the cursor and leaves the others as they are; Down shows all that fits there.
class SettingCompleter : public QCompleter {
    Q_OBJECT

public:
    /// Is the completer of the field, and its child.
    SettingCompleter(std::vector<OfferedSetting> settings, QLineEdit& field);

    /// Of the word at the cursor, as the list shows them.
    QStringList offered() const;

    QStringList splitPath(const QString& path) const override;
    QString pathFromIndex(const QModelIndex& index) const override;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Word {
        qsizetype from = 0;
        qsizetype length = 0;
    };
    Word word() const;
    void offer();

    QLineEdit& m_field;
    std::vector<OfferedSetting> m_settings;
    QStandardItemModel* m_model;
};

} // namespace triptych
