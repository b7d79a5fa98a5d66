// Sentences with holes, recognised and filled again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/event_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

namespace triptych {

namespace {

/// More special ones first.
constexpr std::array kForms = {
    QT_TRANSLATE_NOOP("EventText", "%1 on %2: %3M parameters, %4M active, %5; %6 tokens a step"),
    QT_TRANSLATE_NOOP("EventText", "%1 buffers are planned, %2 of memory are held"),
    QT_TRANSLATE_NOOP("EventText", "validation loss %1 nats per token, %2 bits per byte, MaxVio %3"),
    QT_TRANSLATE_NOOP("EventText", "saved %1"),
    QT_TRANSLATE_NOOP("EventText", "the learning rate was planned over %1 steps and stays at %2 beyond them"),
    QT_TRANSLATE_NOOP("EventText", "the learning rate is planned over %1 steps instead of %2, and goes from %3 to %4"),
    QT_TRANSLATE_NOOP("EventText", "loss %1 and gradient norm %2 are not finite; the weights were left as they are. "
                                   "Lower the learning rate or go back to a checkpoint."),
    QT_TRANSLATE_NOOP("EventText", "the loss jumped to %1 from about %2 nats."),
    QT_TRANSLATE_NOOP("EventText", "the busiest experts get %1 times their fair share (MaxVio %2). Raise "
                                   "bias_update_speed or the balance loss."),
    QT_TRANSLATE_NOOP("EventText", "the tokens of layer %1 go to %2 of its %3 experts, as their entropy counts. Raise "
                                   "bias_update_speed or the balance loss."),
    QT_TRANSLATE_NOOP("EventText", "the loads of the experts of layer %1 are spread by %2 of their mean (CV; by chance "
                                   "%3). Raise bias_update_speed or the balance loss."),
    QT_TRANSLATE_NOOP("EventText", "the idlest expert of layer %1 gets %2 % of its fair share (MinVio %3). Raise "
                                   "bias_update_speed or the balance loss."),
    QT_TRANSLATE_NOOP("EventText", "%1 of %2 experts of layer %3 have had no token for %4 steps."),
    QT_TRANSLATE_NOOP("EventText", "layer %1, expert %2 is off"),
    QT_TRANSLATE_NOOP("EventText", "layer %1, expert %2 is on"),
    QT_TRANSLATE_NOOP("EventText", "layer %1, expert %2 has a bias of %3"),
    QT_TRANSLATE_NOOP("EventText", "balancing is forced: experts are dealt out in turn"),
    QT_TRANSLATE_NOOP("EventText", "balancing is learned"),
    QT_TRANSLATE_NOOP("EventText", "all experts are on, balancing is learned"),
    QT_TRANSLATE_NOOP("EventText", "all experts are on, balancing is forced"),
    QT_TRANSLATE_NOOP("EventText", "preparing"),
    QT_TRANSLATE_NOOP("EventText", "running"),
    QT_TRANSLATE_NOOP("EventText", "paused"),
    QT_TRANSLATE_NOOP("EventText", "finished"),
    QT_TRANSLATE_NOOP("EventText", "finished: stopped"),
    QT_TRANSLATE_NOOP("EventText", "finished: max steps reached"),
    QT_TRANSLATE_NOOP("EventText", "finished: max tokens reached"),
    QT_TRANSLATE_NOOP("EventText", "finished: max minutes reached"),
    QT_TRANSLATE_NOOP("EventText", "failed"),
};

struct Form {
    const char* english;
    QString needle; ///< its longest part without a hole: looking for it is much quicker than the pattern
    QRegularExpression pattern;
};

std::vector<Form> makeForms()
{
    static const QRegularExpression hole(QStringLiteral("%[1-9]"));
    std::vector<Form> forms;
    for (const char* english : kForms) {
        QString pattern;
        QString needle;
        const auto part = [&](const QString& words) {
            pattern += QRegularExpression::escape(words);
            if (words.size() > needle.size()) needle = words;
        };
        const QString text = QString::fromUtf8(english);
        qsizetype from = 0;
        for (auto found = hole.globalMatch(text); found.hasNext();) {
            const QRegularExpressionMatch at = found.next();
            part(text.mid(from, at.capturedStart() - from));
            pattern += QStringLiteral("(.+?)");
            from = at.capturedEnd();
        }
        part(text.mid(from));
        forms.push_back({english, needle, QRegularExpression(QRegularExpression::anchoredPattern(pattern))});
    }
    return forms;
}

/// As numbers are written in the language; other words stay.
QString localized(const QString& said)
{
    static const QRegularExpression number(QStringLiteral("^-?\\d+\\.\\d+$"));
    return number.match(said).hasMatch() ? QString(said).replace(QLatin1Char('.'), QLocale().decimalPoint()) : said;
}

/// Nothing where it has none of the forms.
QString sentence(const QString& english)
{
    static const std::vector<Form> forms = makeForms();
    for (const Form& form : forms) {
        if (!english.contains(form.needle)) continue;
        const QRegularExpressionMatch match = form.pattern.match(english);
        if (!match.hasMatch()) continue;
        // All at once: what stands in one hole may look like another.
        static const QRegularExpression hole(QStringLiteral("%([1-9])"));
        const QString translated = QCoreApplication::translate("EventText", form.english);
        QString text;
        qsizetype from = 0;
        for (auto found = hole.globalMatch(translated); found.hasNext();) {
            const QRegularExpressionMatch at = found.next();
            text += translated.mid(from, at.capturedStart() - from) + localized(match.captured(at.captured(1).toInt()));
            from = at.capturedEnd();
        }
        return text + translated.mid(from);
    }
    return {};
}

} // namespace

std::span<const char* const> eventForms()
{
    return kForms;
}

QString eventText(const QString& english)
{
    static const QRegularExpression ofStep(QStringLiteral("^step (\\d+): (.+)$"));
    const QRegularExpressionMatch match = ofStep.match(english);
    const QString rest = sentence(match.hasMatch() ? match.captured(2) : english);
    static const QRegularExpression setting(QStringLiteral("^\\w+ = \\S+$"));
    const bool isSetting = match.hasMatch() && setting.match(match.captured(2)).hasMatch();
    if (rest.isEmpty() && !isSetting) return english;
    if (!match.hasMatch()) return rest;
    return QCoreApplication::translate("EventText", "step %1: %2", "a line of the log")
        .arg(match.captured(1), isSetting ? match.captured(2) : rest);
}

} // namespace triptych
