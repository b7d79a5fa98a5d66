// Steps keep what was before them, name by name.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/assumptions.h"

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr std::size_t kMostSteps = 200;

} // namespace

std::optional<double> Assumptions::find(const std::string& name) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? std::nullopt : std::optional(found->second);
}

void Assumptions::change(const Change& to, const std::string& drag)
{
    const bool goes_on = !drag.empty() && drag == m_drag;
    m_drag = drag;
    Change news;
    for (const auto& [name, value] : to)
        if (find(name) != value) news[name] = value;
    if (news.empty()) return;
    m_after.clear();
    Step before = exchange(news);
    if (goes_on && !m_before.empty()) return m_before.back().merge(before); // what was before the first stays
    m_before.push_back(std::move(before));
    if (m_before.size() > kMostSteps) m_before.erase(m_before.begin());
}

void Assumptions::restore(std::map<std::string, double> values)
{
    m_values = std::move(values);
    m_before.clear();
    m_after.clear();
    m_drag.clear();
}

/// Puts new values in their places and returns what there was.
Assumptions::Step Assumptions::exchange(const Change& to)
{
    Step before;
    for (const auto& [name, value] : to) {
        before[name] = find(name);
        if (value)
            m_values[name] = *value;
        else
            m_values.erase(name);
    }
    return before;
}

/// Number of the newest step with any of the names; as many as there are: none.
std::size_t Assumptions::last(const std::vector<Step>& steps, const Names& of)
{
    for (std::size_t i = steps.size(); i-- > 0;)
        if (std::any_of(steps[i].begin(), steps[i].end(), [&](const auto& entry) { return of(entry.first); })) return i;
    return steps.size();
}

void Assumptions::move_last(std::vector<Step>& from, std::vector<Step>& to, const Names& of)
{
    const std::size_t number = last(from, of);
    if (number == from.size()) return;
    Step& step = from[number];
    Step seen;
    for (auto entry = step.begin(); entry != step.end();) {
        const auto at = entry++;
        if (of(at->first)) seen.insert(step.extract(at));
    }
    if (step.empty()) from.erase(from.begin() + static_cast<std::ptrdiff_t>(number));
    to.push_back(exchange(seen));
    m_drag.clear();
}

} // namespace triptych
