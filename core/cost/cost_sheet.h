// A preset under somebody's hands: what its source says, what was changed of it, and the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// What somebody changed: values by the key of their input, and lines that are left out, as "lens/line".
struct CostChanges {
    std::map<std::string, double> values;
    std::set<std::string> left_out;
    bool empty() const { return values.empty() && left_out.empty(); }
    bool operator==(const CostChanges&) const = default;
};

/// Drag: one of many values on the way to the one that is meant; all of them are taken back at once.
enum class EditPace : std::uint8_t { Single = 1, Drag };

/// Every change makes the preset anew from its source, so that without changes it is the source to the last bit.
class CostSheet {
public:
    explicit CostSheet(CostPreset source);

    const CostPreset& source() const { return m_source; } ///< as its source and what was measured say
    const CostPreset& preset() const { return m_preset; } ///< with the changes
    const CostChanges& changes() const { return m_changes; }
    bool is_edited(std::string_view key) const;
    bool is_left_out(std::string_view lens, std::string_view line) const;

    /// As apply_edit() with the value alone as its range. The value of the source is no change. Errors: those of
    /// apply_edit(); nothing has changed then.
    Status set(const std::string& key, double value, EditPace pace = EditPace::Single);
    /// Back to what the source says.
    void reset(const std::string& key);
    void reset_all();
    /// Error: no such lens or line.
    Status leave_out(const std::string& lens, const std::string& line, bool out);
    /// What was saved elsewhere. What this preset does not have or cannot take is ignored.
    void restore(const CostChanges& changes);

    /// What a run has counted takes its places in the source; see triptych::fill(). Changes stay. Error: a number that
    /// its input cannot take; nothing has changed then.
    Result<int> fill(std::span<const CostFact> facts);

    bool can_undo() const { return !m_before.empty(); }
    bool can_redo() const { return !m_after.empty(); }
    void undo();
    void redo();

private:
    void remember(const std::string& drag);
    void apply();

    CostPreset m_source;
    CostPreset m_preset;
    CostChanges m_changes;
    std::vector<CostChanges> m_before;
    std::vector<CostChanges> m_after;
    std::string m_dragged; ///< key of the input whose drag goes on; empty: none
};

} // namespace triptych
