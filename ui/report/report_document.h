// What a report says, whatever it is written on: sections of paragraphs, facts, tables, figures, notes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QLocale>
#include <QSize>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <variant>
#include <vector>

class QPainter;

namespace triptych {

/// All texts are plain: whoever writes them escapes them. Web addresses and "arXiv:2412.19437" in them become links
/// where the paper has links.
struct ReportParagraph {
    QString text;
};

/// Within a section.
struct ReportHeading {
    QString text;
};

/// One number that counts, large: "1.532 nats per token", "loss at the end".
struct ReportFact {
    QString label;
    QString value;
    QString note; ///< what it means or where it is from; may be empty
};
struct ReportFacts {
    std::vector<ReportFact> facts;
};

/// Number: to the right, digits of the same width.
enum class ReportAlign : std::uint8_t { Text = 1, Number };

struct ReportColumn {
    QString title;
    QString unit; ///< of all its cells; may be empty
    ReportAlign align = ReportAlign::Text;
};

/// Group: its first cell is a heading of the rows below it. Total: the sum of those above.
enum class ReportRowKind : std::uint8_t { Plain = 1, Group, Total };

struct ReportRow {
    QStringList cells; ///< as many as there are columns; those that are missing are empty
    ReportRowKind kind = ReportRowKind::Plain;
};

struct ReportTable {
    QString title;
    std::vector<ReportColumn> columns; ///< the cells of the first name their rows
    std::vector<ReportRow> rows;
    QString note = {}; ///< below it: sources, how to read it
};

/// As wide as the text.
inline constexpr int kReportFigureWidth = 640;

struct ReportFigure {
    QString title;
    QString caption;                      ///< how to read it
    QString alt;                          ///< the same in words, for who cannot see it
    QSize size{kReportFigureWidth, 240};  ///< pixels of 96 an inch
    std::function<void(QPainter&)> paint; ///< from 0, 0 to size; black on white, lines and texts where it can
};

/// Missing: something that the run does not have. Caution: what must be known before a number is quoted.
enum class ReportNoteKind : std::uint8_t { Missing = 1, Caution };
struct ReportNote {
    QString text;
    ReportNoteKind kind = ReportNoteKind::Missing;
};

/// Commands, files: every character as it is.
struct ReportCode {
    QString text;
};

using ReportBlock =
    std::variant<ReportParagraph, ReportHeading, ReportFacts, ReportTable, ReportFigure, ReportNote, ReportCode>;

struct ReportSection {
    QString id; ///< unique in its document: "loss"
    QString title;
    std::vector<ReportBlock> blocks;

    void paragraph(const QString& text) { blocks.emplace_back(ReportParagraph{text}); }
    void heading(const QString& text) { blocks.emplace_back(ReportHeading{text}); }
    void missing(const QString& text) { blocks.emplace_back(ReportNote{text, ReportNoteKind::Missing}); }
    void caution(const QString& text) { blocks.emplace_back(ReportNote{text, ReportNoteKind::Caution}); }
};

struct ReportDocument {
    QString title;
    QString subtitle;
    QString run;    ///< at the head of every page
    QString source; ///< at their foot: program, version, date
    QDateTime made;
    QLocale::Language language = QLocale::English;
    std::vector<ReportSection> sections; ///< the first is what stands on the first page
};

/// "Figure 3", "Table 2": counted through a document, in the language of the program.
class ReportNumbers {
public:
    QString figure();
    QString table();

private:
    int m_figures = 0;
    int m_tables = 0;
};

/// A name or note that may hold anything: without characters that no file may have, lines as blanks, cut in its middle
/// where it is longer than `most`.
QString reportName(const QString& text, int most = 80);
/// The same with its lines, and never cut.
QString reportText(const QString& text);

/// A part of a text that is a link, and where to.
struct ReportLink {
    qsizetype first = 0;
    qsizetype length = 0;
    QString target;
};
std::vector<ReportLink> linksIn(const QString& text);

/// The first of the families that this machine has, of those that reports are set in; else the program's.
QString reportFamily();
QString reportMonospace();

} // namespace triptych
