// A preset under somebody's hands: what its source says, what was changed of it, and the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/assumptions.h"
#include "core/cost/cost_preset.h"

#include <map>
#include <memory>
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

/// Every change makes the preset anew from its source, so that without changes it is the source to the last bit. Copies
/// share their assumptions.
class CostSheet {
public:
    /// With assumptions that other sheets may have, too. `name`: of the preset among them; empty: its own. Null: sets
    /// of its own.
    explicit CostSheet(CostPreset source, std::shared_ptr<Assumptions> assumptions = nullptr, std::string name = {});

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
    /// After a change by another sheet. What this preset cannot take is ignored. Whether anything of it is another now.
    bool follow();

    /// What a run has counted takes its places in the source, which is that of the file else, whatever was filled in
    /// before; see triptych::fill(). Changes stay. Error: a number that its input cannot take; nothing has changed
    /// then.
    Result<int> fill(std::span<const CostFact> facts);

    /// Of what this preset has, whoever changed it: see Assumptions.
    bool can_undo() const { return m_assumptions->can_undo(names()); }
    bool can_redo() const { return m_assumptions->can_redo(names()); }
    void undo();
    void redo();
    /// Whether an assumption is of this preset.
    Assumptions::Names names() const;

private:
    std::string name_of(const std::string& key) const;
    std::string name_of_line(std::string_view lens_and_line) const;
    void apply();

    CostPreset m_file;
    CostPreset m_source;
    CostPreset m_preset;
    CostChanges m_changes;
    std::shared_ptr<Assumptions> m_assumptions;
    std::string m_name;
    std::map<std::string, std::string> m_keys; ///< of inputs by the names of their assumptions
};

} // namespace triptych
