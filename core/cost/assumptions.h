// What somebody assumes instead of what the sources say: one set for all presets that mean the same, and the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// Values by the name of an assumption. CostSheet makes the names: a quantity that several presets mean (see
/// CostInput::means) has one name in all of them; what is of one preset alone has its name before.
///
/// Undo is of what somebody sees: a part of the program that shows some names takes back the last step that changed any
/// of those, wherever it was made, and leaves the others as they are. So it never changes what is not in sight, and of
/// each name what was done last is taken back first.
class Assumptions {
public:
    /// A value each, or nothing: what the sources say.
    using Change = std::map<std::string, std::optional<double>>;
    using Names = std::function<bool(const std::string&)>;

    const std::map<std::string, double>& values() const { return m_values; }
    std::optional<double> find(const std::string& name) const;

    /// One step of the history; none where everything is so already. Steps that follow each other with the same `drag`,
    /// which is not empty, are one.
    void change(const Change& to, const std::string& drag = {});
    /// What was kept elsewhere; without a way back.
    void restore(std::map<std::string, double> values);

    bool can_undo(const Names& of) const { return last(m_before, of) < m_before.size(); }
    bool can_redo(const Names& of) const { return last(m_after, of) < m_after.size(); }
    void undo(const Names& of) { move_last(m_before, m_after, of); }
    void redo(const Names& of) { move_last(m_after, m_before, of); }

private:
    /// What there was in the place of what there is.
    using Step = Change;

    static std::size_t last(const std::vector<Step>& steps, const Names& of);
    void move_last(std::vector<Step>& from, std::vector<Step>& to, const Names& of);
    Step exchange(const Change& to);

    std::map<std::string, double> m_values;
    std::vector<Step> m_before;
    std::vector<Step> m_after;
    std::string m_drag; ///< of the last step; empty: none goes on
};

} // namespace triptych
