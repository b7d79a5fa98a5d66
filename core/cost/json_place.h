// JSON read with its place at hand, so that every complaint says where.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <string>
#include <vector>

namespace triptych {

/// Thrown inside the reader of a preset, where every line could fail, and turned into a Result at its border.
struct JsonComplaint {
    Error error;
};

/// Where a value of a file stands: "my.json: inputs.rental". For messages.
class JsonPlace {
public:
    explicit JsonPlace(std::string name) : m_name(std::move(name)) {}
    JsonPlace inside(const std::string& key) const;

    /// "my.json: inputs.rental: WHAT"
    [[noreturn]] void refuse(const std::string& what, const std::string& hint) const;
    /// Passes a good result on; an error gets the place before it.
    template <class T>
    T expect(Result<T> result) const
    {
        if (!result) refuse(result.error().what, result.error().hint);
        return result.take();
    }
    void expect(const Status& status) const
    {
        if (!status) refuse(status.error().what, status.error().hint);
    }
    /// Refuses a key that is not among the known ones, naming those near it.
    void expect_known(const std::string& key, const std::vector<std::string>& known) const;

private:
    std::string m_name;
    std::string m_path;
};

} // namespace triptych
