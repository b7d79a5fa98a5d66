// What a run tells of itself in English, for its log and its files, in the language of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>

namespace triptych {

/// A line as to_text() (core/session/event_text.h) or the health of a run writes it, with its numbers; or without the
/// "step 12: " before it. What is of no form that is known, as the message of an error, comes back as it is.
QString eventText(const QString& english);

/// All forms, with %1 in the place of what they say; tests/ui/language/event_texts_test.cpp holds them against what the
/// core writes.
std::span<const char* const> eventForms();

} // namespace triptych
