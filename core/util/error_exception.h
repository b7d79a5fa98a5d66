// An Error on its way through code that returns no Result.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <stdexcept>
#include <utility>

namespace triptych {

/// Thrown where something expected goes wrong in the midst of a step; whoever ends the step finds both sentences in it.
class ErrorException : public std::runtime_error {
public:
    explicit ErrorException(Error error) : std::runtime_error(error.what + ". " + error.hint), m_error(std::move(error))
    {}
    const Error& error() const { return m_error; }

private:
    Error m_error;
};

} // namespace triptych
