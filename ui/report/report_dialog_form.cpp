// The form of the dialog of a report, from top to bottom.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_dialog.h"
#include "ui/widgets/card.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kWidth = 720;        // px
constexpr int kMostRows = 5;       // of runs without scrolling
constexpr int kRowSpace = 10;      // px between the lines of two runs
constexpr int kNoteLines = 3;      // so that nothing moves when it is filled
constexpr int kLongestTitle = 120; // as in the report

QString kindName(ReportKind kind)
{
    return endingOf(kind).toUpper();
}

QString goodFor(ReportKind kind)
{
    switch (kind) {
    case ReportKind::Pdf: return ReportDialog::tr("Numbered pages to read, to print and to send, with every figure.");
    case ReportKind::Html:
        return ReportDialog::tr("The same as one page for a browser, light or dark; it loads nothing from elsewhere.");
    case ReportKind::Csv: return ReportDialog::tr("The curves as one table for spreadsheets and scripts, in English.");
    case ReportKind::Json: return ReportDialog::tr("All numbers and texts of the report for programs, in English.");
    }
    return {};
}

/// As wide as the longest that it says, so that its neighbours stay where they are.
void keepRoom(QPushButton& button, const QStringList& texts)
{
    int width = 0;
    for (const QString& text : texts) {
        button.setText(text);
        width = std::max(width, button.sizeHint().width());
    }
    button.setMinimumWidth(width);
}

} // namespace

ReportDialog::ReportDialog(std::vector<ReportedRun> runs, ReaderThread& reader, const Theme& theme, QWidget* parent,
                           ReadReports read)
    : QDialog(parent), m_all(std::move(runs)), m_reader(reader), m_theme(theme), m_read(std::move(read)),
      m_form(new QFormLayout), m_runs(new QListWidget(this)), m_kinds(new QButtonGroup(this)),
      m_language(new QComboBox(this)), m_title(new QLineEdit(this)), m_file(new QLineEdit(this)),
      m_choose(new QPushButton(this)), m_note(new QLabel(this)), m_open(new QPushButton(this)),
      m_openFolder(new QPushButton(this)), m_close(new QPushButton(this)), m_save(new QPushButton(this)),
      m_turn(new QTimer(this))
{
    setObjectName(QStringLiteral("reportDialog"));
    const QSettings settings;
    m_folder = lastFolder(settings);
    makeRuns();
    for (const LanguageInfo& info : languageCatalog())
        if (info.choice != LanguageChoice::System)
            m_language->addItem(languageName(info), static_cast<int>(info.choice));
    const bool german = QLocale().language() == QLocale::German;
    m_language->setCurrentIndex(
        m_language->findData(static_cast<int>(german ? LanguageChoice::German : LanguageChoice::English)));
    m_language->setObjectName(QStringLiteral("reportLanguage"));
    m_title->setObjectName(QStringLiteral("reportTitle"));
    m_title->setMaxLength(kLongestTitle);
    m_note->setObjectName(QStringLiteral("reportNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setMinimumHeight(kNoteLines * fontMetrics().lineSpacing());
    m_form->setVerticalSpacing(10);
    m_form->setHorizontalSpacing(16);
    m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    for (QWidget* row : {static_cast<QWidget*>(m_runs), makeKinds(), static_cast<QWidget*>(m_language),
                         static_cast<QWidget*>(m_title), makeFile()})
        m_form->addRow(QStringLiteral(" "), row);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(m_form);
    layout->addWidget(m_note, 1);
    makeButtons(layout);
    setFixedWidth(kWidth);
    connect(m_turn, &QTimer::timeout, this, &ReportDialog::draw);
    connect(&theme, &Theme::changed, this, &ReportDialog::sayState);
    choose(lastKind(settings));
    suggest();
    sayTexts();
    resize(kWidth, layout->totalHeightForWidth(kWidth)); // sentences on as few lines as that width allows
    m_save->setFocus();
}

void ReportDialog::makeRuns()
{
    m_runs->setObjectName(QStringLiteral("reportRuns"));
    m_runs->setSelectionMode(QAbstractItemView::SingleSelection);
    m_runs->setTextElideMode(Qt::ElideMiddle);
    for (const ReportedRun& run : m_all) {
        auto* item = new QListWidgetItem(run.name, m_runs);
        item->setToolTip(run.folder);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Checked);
        item->setSizeHint({0, fontMetrics().lineSpacing() + kRowSpace});
    }
    m_runs->setCurrentRow(0);
    m_runs->clearSelection();
    const int rows = std::clamp(m_runs->count(), 1, kMostRows);
    m_runs->setFixedHeight(rows * (fontMetrics().lineSpacing() + kRowSpace) + 2 * m_runs->frameWidth());
    connect(m_runs, &QListWidget::itemChanged, this, &ReportDialog::changed);
}

QWidget* ReportDialog::makeKinds()
{
    m_kindRows = new QWidget(this);
    auto* grid = new QGridLayout(m_kindRows);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(1, 1);
    for (const ReportKind kind : kReportKinds) {
        auto* button = new QRadioButton(kindName(kind), m_kindRows);
        button->setObjectName(endingOf(kind));
        m_kinds->addButton(button, static_cast<int>(kind));
        auto* what = mutedLabel({}, m_kindRows);
        what->setObjectName(QStringLiteral("for-") + endingOf(kind));
        what->setWordWrap(true);
        const int row = grid->rowCount();
        grid->addWidget(button, row, 0, Qt::AlignTop);
        grid->addWidget(what, row, 1);
    }
    connect(m_kinds, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on) changed();
    });
    connect(m_language, &QComboBox::currentIndexChanged, this, &ReportDialog::changed);
    connect(m_title, &QLineEdit::textChanged, this, &ReportDialog::changed);
    return m_kindRows;
}

QWidget* ReportDialog::makeFile()
{
    m_fileRow = new QWidget(this);
    m_fileRow->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(m_fileRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_file, 1);
    row->addWidget(m_choose);
    m_file->setObjectName(QStringLiteral("reportFile"));
    m_choose->setObjectName(QStringLiteral("chooseFile"));
    m_choose->setAutoDefault(false);
    connect(m_choose, &QPushButton::clicked, this, &ReportDialog::chooseFile);
    connect(m_file, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_ownFile = true;
        if (const auto meant = reportKindOfFile(text)) choose(*meant);
    });
    connect(m_file, &QLineEdit::textChanged, this, [this] {
        m_wrong.clear();
        m_saved.clear();
        sayState();
    });
    return m_fileRow;
}

void ReportDialog::makeButtons(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (auto* button : {m_open, m_openFolder}) {
        QSizePolicy policy = button->sizePolicy();
        policy.setRetainSizeWhenHidden(true); // nothing moves when they come
        button->setSizePolicy(policy);
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    row->addWidget(m_close);
    row->addWidget(m_save);
    m_open->setObjectName(QStringLiteral("openReport"));
    m_openFolder->setObjectName(QStringLiteral("openReportFolder"));
    m_close->setObjectName(QStringLiteral("closeReport"));
    m_save->setObjectName(QStringLiteral("saveReport"));
    m_close->setAutoDefault(false);
    m_save->setDefault(true);
    connect(m_open, &QPushButton::clicked, this, [this] { open(m_saved); });
    connect(m_openFolder, &QPushButton::clicked, this, [this] { open(QFileInfo(m_saved).absolutePath()); });
    connect(m_close, &QPushButton::clicked, this, &ReportDialog::reject);
    connect(m_save, &QPushButton::clicked, this, &ReportDialog::save);
    layout->addLayout(row);
}

/// In the language of the program as it is now.
void ReportDialog::sayTexts()
{
    setWindowTitle(tr("Export a report"));
    const auto name = [this](QWidget* row, const QString& text, QWidget* control) {
        if (auto* label = qobject_cast<QLabel*>(m_form->labelForField(row))) {
            label->setText(text);
            label->setBuddy(control);
        }
        control->setAccessibleName(text);
    };
    name(m_runs, tr("Runs"), m_runs);
    name(m_kindRows, tr("As"), m_kindRows);
    name(m_language, tr("Language"), m_language);
    name(m_title, tr("Title"), m_title);
    name(m_fileRow, tr("File"), m_file);
    m_runs->setToolTip(tr("The run that is shown, and those that are checked in the page Runs to be compared with it"));
    m_title->setPlaceholderText(tr("Made of the names of the runs where nothing is written here"));
    for (const ReportKind kind : kReportKinds) {
        m_kinds->button(static_cast<int>(kind))->setAccessibleDescription(goodFor(kind));
        m_kindRows->findChild<QLabel*>(QStringLiteral("for-") + endingOf(kind))->setText(goodFor(kind));
    }
    m_choose->setText(tr("Choose…"));
    m_choose->setAccessibleName(tr("Choose the file"));
    keepRoom(*m_close, {tr("Close"), tr("Cancel")});
    keepRoom(*m_save, {tr("Save"), tr("Replace")});
    m_open->setText(tr("Open"));
    m_openFolder->setText(tr("Open folder"));
    sayState();
}

void ReportDialog::chooseFile()
{
    const QString ending = endingOf(kind());
    // What is there already is asked about in this dialog, with the ending that the file will have.
    const QString chosen =
        QFileDialog::getSaveFileName(this, windowTitle(), file(), tr("%1 files (*.%2)").arg(kindName(kind()), ending),
                                     nullptr, QFileDialog::DontConfirmOverwrite);
    if (!chosen.isEmpty()) setFile(chosen);
}

} // namespace triptych
