// The one selection of the window: choose a token, a layer or an expert anywhere, and every wing answers for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <vector>

namespace triptych {

/// One expert of one layer.
struct ExpertCell {
    std::int64_t layer = -1;
    std::int64_t expert = -1;
    bool operator==(const ExpertCell&) const = default;
};

/// Numbers from 0; -1: nothing chosen. Layers are numbered as in tensor names, MTP blocks count on from the main ones.
/// A change is told once, and only when it is one.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Bits of what a change was about.
    enum Part : std::uint8_t { Layer = 1, Expert = 2, Experts = 4, Head = 8, Token = 16 };
    static constexpr std::size_t kMostExperts = 8; ///< as many as curves can be told apart

    std::int64_t layer() const { return m_layer; }
    std::int64_t expert() const { return m_experts.empty() ? -1 : m_experts.front(); }
    /// Of the chosen layer, expert() first; empty: none.
    const std::vector<std::int64_t>& experts() const { return m_experts; }
    /// All that are chosen, which may lie in several layers: those of experts(), then the others.
    const std::vector<ExpertCell>& cells() const { return m_cells; }
    /// How many more were to be chosen together with these than kMostExperts.
    std::size_t leftOut() const { return m_leftOut; }
    std::int64_t head() const { return m_head; }
    std::int64_t token() const { return m_token; }

    /// The experts of the layer that was chosen are those of this one then; what was chosen in others is forgotten.
    void setLayer(std::int64_t layer);
    /// This one alone.
    void setExpert(std::int64_t expert) { setExpertOfLayer(m_layer, expert); }
    void setHead(std::int64_t head);
    void setToken(std::int64_t token);
    /// Both at once, told once.
    void setExpertOfLayer(std::int64_t layer, std::int64_t expert);
    /// Several of one layer; those beyond kMostExperts, and those that come twice, are left out.
    void setExperts(std::int64_t layer, const std::vector<std::int64_t>& experts);
    /// The same of any layers; that of the first is chosen with it. Nothing happens for none.
    void setCells(const std::vector<ExpertCell>& cells);

signals:
    void changed();
    /// The same, with the parts it was about: what does not depend on them need not be done again.
    void partsChanged(std::uint8_t parts);

private:
    void tell(int parts);
    void choose(std::int64_t layer, const std::vector<ExpertCell>& cells);

    std::int64_t m_layer = -1;
    std::vector<ExpertCell> m_cells;
    std::vector<std::int64_t> m_experts; ///< of those, in the chosen layer
    std::size_t m_leftOut = 0;
    std::int64_t m_head = 0;
    std::int64_t m_token = -1;
};

} // namespace triptych
