// Forms of sentences: what is filled in is found by them, and goes into the same form in another language.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/sentence_text.h"

#include "ui/report/report_document.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace triptych {

namespace {

/// Of core/report/report_command.cpp and core/session/event_text.cpp.
constexpr const char* kForms[] = {
    QT_TRANSLATE_NOOP(
        "Sentence",
        "The run had no planned end: stop it at step %1 by Ctrl-C, and give it more minutes on a slower machine."),
    QT_TRANSLATE_NOOP("Sentence", "The data %1 are as they were, with hash %2."),
    QT_TRANSLATE_NOOP("Sentence", "It is given in the folder that the run was started in."),
    QT_TRANSLATE_NOOP("Sentence", "Settings were changed while it trained (see the events); the command does not "
                                  "repeat that."),
    QT_TRANSLATE_NOOP("Sentence", "The program is version %1, with %2 thread in %3."),
    QT_TRANSLATE_NOOP("Sentence", "The program is version %1, with %2 threads in %3."),
    QT_TRANSLATE_NOOP("Sentence", "The run %1 is there with its checkpoint of step %2."),
    QT_TRANSLATE_NOOP("Sentence", "The model %1 is the one whose configuration this report shows; as it is now, no "
                                  "settings lead to it."),
    QT_TRANSLATE_NOOP("Sentence", "%1 on %2: %3M parameters, %4M active, %5; %6 tokens a step"),
    QT_TRANSLATE_NOOP("Sentence", "validation loss %1 nats per token, %2 bits per byte, MaxVio %3"),
    QT_TRANSLATE_NOOP("Sentence", "saved %1"),
    QT_TRANSLATE_NOOP("Sentence", "the learning rate was planned over %1 steps and stays at %2 beyond them"),
    QT_TRANSLATE_NOOP("Sentence", "the learning rate is planned over %1 steps instead of %2, and goes from %3 to %4"),
    QT_TRANSLATE_NOOP("Sentence", "%1 buffers are planned, %2 of memory are held"),
    // What keeps a file from being written: core/util/io_error.cpp, core/util/atomic_file.cpp, writeFile().
    QT_TRANSLATE_NOOP("Sentence", "cannot write %1: no space left on the disk"),
    QT_TRANSLATE_NOOP("Sentence", "Free some space, or choose a folder on another disk."),
    QT_TRANSLATE_NOOP("Sentence", "cannot write %1: permission denied"),
    QT_TRANSLATE_NOOP("Sentence", "Choose a file or folder that belongs to you, or change its permissions."),
    QT_TRANSLATE_NOOP("Sentence", "cannot write %1: the disk is mounted read-only"),
    QT_TRANSLATE_NOOP("Sentence", "Choose a folder on a disk that can be written."),
    QT_TRANSLATE_NOOP("Sentence", "cannot write %1: there is no folder %2"),
    QT_TRANSLATE_NOOP("Sentence", "Make the folder, or choose another one."),
    QT_TRANSLATE_NOOP("Sentence", "cannot write %1: it is a device or a pipe, and a regular file is needed"),
    QT_TRANSLATE_NOOP("Sentence", "Name a new file."),
    QT_TRANSLATE_NOOP("Sentence", "How positions are stretched beyond those trained on."), // report_setup.cpp
};

/// A number with a fraction as the language has it; versions, names and counts stay.
QString filling(const QString& text)
{
    static const QRegularExpression fraction(QStringLiteral("^-?[0-9]+\\.[0-9]+( [kMG]?B)?$"));
    if (!fraction.match(text).hasMatch()) return text;
    return QString(text).replace(QLatin1Char('.'), QLocale().decimalPoint());
}

/// What stands at the places of the form; empty where the text is not of it, and the whole of a form without places.
QStringList fillings(const QString& form, const QString& text)
{
    static const QRegularExpression place(QStringLiteral("%[0-9]"));
    const QStringList between = form.split(place);
    QStringList escaped;
    for (const QString& part : between) escaped << QRegularExpression::escape(part);
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(escaped.join(QStringLiteral("(.+)"))));
    return pattern.match(text).capturedTexts();
}

QString filled(const QString& form, const QStringList& with)
{
    QString text;
    for (qsizetype i = 0; i < form.size(); ++i) {
        const int number = form[i] == QLatin1Char('%') && i + 1 < form.size() ? form[i + 1].digitValue() : -1;
        if (number > 0 && number < with.size()) {
            text += filling(with[number]);
            ++i;
        } else {
            text += form[i];
        }
    }
    return text;
}

} // namespace

QString sentenceText(const std::string& english)
{
    const QString text = reportText(QString::fromStdString(english));
    for (const char* form : kForms)
        if (const QStringList with = fillings(QString::fromLatin1(form), text); !with.isEmpty())
            return filled(QCoreApplication::translate("Sentence", form), with);
    return text;
}

} // namespace triptych
