// Choosing what a report is to be of and as, and having it written while the window goes on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over a header of the standard library that this one includes
#include "core/report/report_reader.h"
#include "ui/report/report_export.h"
#include "ui/report/run_report_document.h"
#endif
#include "ui/bridge/door.h"
#include "ui/bridge/reader_thread.h"
#include "ui/theme/theme.h"

#include <QDialog>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QButtonGroup;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSettings;
class QTimer;
class QVBoxLayout;

namespace triptych {

/// A run that can be ticked.
struct ReportedRun {
    QString folder; ///< absolute
    QString name;
};

/// As read_report_set(); on the thread of the reader.
using ReadReports = std::function<Result<ReportSet>(const std::vector<std::filesystem::path>& folders,
                                                    const std::string& title, const ReportOptions& options)>;

/// Begins with the kind and the folder of the last report, and with the language of the program. Runs are read and
/// files written by another thread; pages are drawn by this one, a bit at a time between whatever else the window does.
/// All of it can be ended at any time, and nothing is there then. Nothing is written over unless that was said
/// beforehand.
class ReportDialog : public QDialog {
    Q_OBJECT

public:
    /// The first of the runs is the one that is shown. Reader and theme outlive the dialog.
    ReportDialog(std::vector<ReportedRun> runs, ReaderThread& reader, const Theme& theme, QWidget* parent = nullptr,
                 ReadReports read = read_report_set);
    /// What is being done comes to nobody then.
    ~ReportDialog() override;

    ReportKind kind() const;
    void choose(ReportKind kind);
    /// With its ending, absolute; empty: none was named.
    QString file() const;
    void setFile(const QString& file);
    /// Whether a report is being made.
    bool isBusy() const { return m_door != nullptr; }

    /// As chosen. What goes wrong is said in the dialog.
    void save();
    /// Nothing is written.
    void cancel();

    /// What was chosen last; nonsense in the settings is PDF, and the folder of the user's documents.
    static ReportKind lastKind(const QSettings& settings);
    static QString lastFolder(const QSettings& settings);

public slots:
    /// Ends the report that is being made, else the dialog.
    void reject() override;

signals:
    void saved(const QString& file);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Asked {
        QString file;
        ReportKind kind = ReportKind::Pdf;
        LanguageChoice language = LanguageChoice::English;
        bool replaces = false;
    };
    enum class Work : std::uint8_t { Reading = 1, Drawing, Writing };
    struct Read {
        std::shared_ptr<const ReportSet> set; ///< null: see the error
        Error error;
        std::optional<QByteArray> bytes; ///< of what is no page
    };
    enum class Came : std::uint8_t { Written = 1, Meanwhile, Failed };
    struct Written {
        Came came = Came::Written;
        Error error;
    };
    void makeRuns();
    QWidget* makeKinds();
    QWidget* makeFile();
    void makeButtons(QVBoxLayout* layout);
    void sayTexts();
    void sayState();
    void changed();
    void suggest();
    void chooseFile();
    std::vector<ReportedRun> ticked() const;
    /// What keeps from saving; empty: nothing.
    QString lack() const;
    QString notice() const;
    void tell(const QString& text, const QColor& color);
    void fail(const QString& why);
    void fail(const Error& error);
    QString workText() const;
    QString readingText() const;
    std::function<bool(const ReportProgress&)> teller();
    void take(const Read& read);
    void draw();
    void write(const QByteArray& bytes);
    void take(const Written& written);
    void open(const QString& what);

    std::vector<ReportedRun> m_all;
    ReaderThread& m_reader;
    const Theme& m_theme;
    ReadReports m_read;
    QString m_folder; ///< of files that are named without one
    QFormLayout* m_form;
    QListWidget* m_runs;
    QButtonGroup* m_kinds;
    QWidget* m_kindRows = nullptr;
    QComboBox* m_language;
    QLineEdit* m_title;
    QWidget* m_fileRow = nullptr;
    QLineEdit* m_file;
    QPushButton* m_choose;
    QLabel* m_note;
    QPushButton* m_open;
    QPushButton* m_openFolder;
    QPushButton* m_close;
    QPushButton* m_save;
    bool m_ownFile = false; ///< named by a hand, and no suggestion
    Asked m_asked;
    Work m_work = Work::Reading;
    ReportProgress m_reading;
    std::unique_ptr<ReportWriting> m_drawing;   ///< null: no pages are being drawn
    QTimer* m_turn;                             ///< for the next bit of them
    QString m_wrong;                            ///< what went wrong
    QString m_saved;                            ///< file; empty: nothing since the last change
    QString m_trouble;                          ///< what could not be read of it
    std::shared_ptr<Door<ReportDialog>> m_door; ///< of the report that is being made; null: none
};

} // namespace triptych
