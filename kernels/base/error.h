// Exceptions of the kernels: a wrong shape, something unsupported, a failing device. Caught once, by the session.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace triptych {

/// A shape or dtype that an op refuses; the text names the op, the field and both shapes.
class ShapeError : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// An op, dtype or device that this build cannot run.
class UnsupportedError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The device (driver, memory, launch) failed.
class DeviceError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws ShapeError("[op] message"). For messages that take building: test first, so that good calls build no string.
[[noreturn]] inline void refuse(const char* op, const std::string& message)
{
    throw ShapeError(std::string("[") + op + "] " + message);
}
/// Throws ShapeError("[op] message") when the condition is false.
inline void require(bool condition, const char* op, const std::string& message)
{
    if (!condition) refuse(op, message);
}
/// The same for literals: no string is built while the condition holds.
inline void require(bool condition, const char* op, const char* message)
{
    if (!condition) throw ShapeError(std::string("[") + op + "] " + message);
}

} // namespace triptych
