// Activations and scratch memory, planned once before a run: blocks declare what they need, one allocation follows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/memory.h"
#include "kernels/base/view.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// Kept memory lives from the forward to the end of the backward pass; scratch lives while its scope's block runs;
/// layer memory lives while one layer runs, forward or backward, and is computed again for the latter.
enum class Lifetime : std::uint8_t { Kept = 1, Scratch, Layer };
/// For inference nothing outlives its block, so kept memory is scratch too and layers share it.
enum class PlanFor : std::uint8_t { Training = 1, Inference };

/// What the backward pass computes again instead of keeping it from the forward pass.
enum class Recompute : std::uint8_t {
    None = 1,
    Norms,  ///< RMSNorm, up-projections of MLA, SwiGLU: cheap to compute, large to keep (V3 report section 3.2.3)
    Layers, ///< everything but the residual stream between layers
};

/// Of the names that --set recompute knows: "norms", "layers"; all else is None.
inline Recompute recompute_of(std::string_view name)
{
    if (name == "norms") return Recompute::Norms;
    return name == "layers" ? Recompute::Layers : Recompute::None;
}

/// One row of the plan, as the memory panel shows it.
struct PlanRow {
    std::string name; ///< "layers.1.self_attn.latent"
    std::vector<std::int64_t> shape;
    DType dtype = DType::F32;
    std::size_t bytes = 0;
    Lifetime lifetime = Lifetime::Kept;
    std::size_t offset = 0; ///< within its lifetime's region
};

/// Where a planned tensor lies; becomes a view through the workspace.
template <int Rank>
struct Slot {
    std::size_t offset = 0;
    Lifetime lifetime = Lifetime::Kept;
    DType dtype = DType::F32;
    std::array<std::int64_t, Rank> shape{};
};

/// Collects the plan. Scratch is a stack: what a scope took is free again when it closes, so a block declares its own
/// slots before it plans the blocks inside it, and what lives across a call to an inner block never overlaps with that
/// block.
class Planner {
public:
    explicit Planner(PlanFor purpose, Recompute recompute = Recompute::None)
        : m_purpose(purpose), m_recompute(recompute)
    {}

    template <int Rank>
    Slot<Rank> keep(const std::string& name, DType dtype, std::array<std::int64_t, Rank> shape)
    {
        const Lifetime lifetime = lifetime_of(Recompute::Layers);
        return {take(name, dtype, {shape.begin(), shape.end()}, lifetime), lifetime, dtype, shape};
    }
    /// Kept unless norms are computed again: the block then does so at the start of its backward pass.
    template <int Rank>
    Slot<Rank> renew(const std::string& name, DType dtype, std::array<std::int64_t, Rank> shape)
    {
        const Lifetime lifetime = lifetime_of(Recompute::Norms);
        return {take(name, dtype, {shape.begin(), shape.end()}, lifetime), lifetime, dtype, shape};
    }
    template <int Rank>
    Slot<Rank> scratch(const std::string& name, DType dtype, std::array<std::int64_t, Rank> shape)
    {
        return {take(name, dtype, {shape.begin(), shape.end()}, Lifetime::Scratch), Lifetime::Scratch, dtype, shape};
    }

    /// Prefixes names and returns scratch on destruction.
    class Scope {
    public:
        Scope(Planner& planner, const std::string& name);
        ~Scope();
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

    private:
        Planner& m_planner;
        std::size_t m_prefix;
        std::size_t m_top;
    };

    /// While it exists, what is computed again lives in layer memory, which all layers share.
    class Layer {
    public:
        explicit Layer(Planner& planner) : m_planner(planner)
        {
            planner.m_in_layer = true;
            planner.m_layer_top = 0;
        }
        ~Layer() { m_planner.m_in_layer = false; }
        Layer(const Layer&) = delete;
        Layer& operator=(const Layer&) = delete;

    private:
        Planner& m_planner;
    };

    PlanFor purpose() const { return m_purpose; }
    Recompute recompute() const { return m_recompute; }
    const std::vector<PlanRow>& rows() const { return m_rows; }
    std::size_t kept_bytes() const { return m_kept; }
    std::size_t scratch_bytes() const { return m_peak; }
    std::size_t layer_bytes() const { return m_layer_peak; }
    std::size_t bytes() const { return m_kept + m_peak + m_layer_peak; }

private:
    std::size_t take(const std::string& name, DType dtype, std::vector<std::int64_t> shape, Lifetime lifetime);
    /// Of what is computed again from this level on.
    Lifetime lifetime_of(Recompute level) const
    {
        if (m_purpose != PlanFor::Training) return Lifetime::Scratch;
        return m_in_layer && m_recompute >= level ? Lifetime::Layer : Lifetime::Kept;
    }

    PlanFor m_purpose;
    Recompute m_recompute;
    bool m_in_layer = false;
    std::string m_prefix;
    std::vector<PlanRow> m_rows;
    std::size_t m_kept = 0;
    std::size_t m_top = 0;
    std::size_t m_peak = 0;
    std::size_t m_layer_top = 0;
    std::size_t m_layer_peak = 0;
};

/// One allocation of exactly the planned bytes.
class Workspace {
public:
    Workspace(Device device, const Planner& plan);

    template <int Rank>
    View<Rank> at(const Slot<Rank>& slot) const
    {
        return at(slot, slot.shape[0]);
    }
    /// The first rows of a slot: a pass may be smaller than planned, never larger.
    template <int Rank>
    View<Rank> at(const Slot<Rank>& slot, std::int64_t rows) const
    {
        require(rows <= slot.shape[0], "workspace", "a pass is larger than the plan it runs in");
        auto shape = slot.shape;
        shape[0] = rows;
        const std::size_t start = slot.lifetime == Lifetime::Kept    ? 0
                                  : slot.lifetime == Lifetime::Layer ? m_kept
                                                                     : m_scratch;
        return View<Rank>(static_cast<char*>(m_buffer.data()) + start + slot.offset, slot.dtype, shape);
    }
    std::size_t bytes() const { return m_buffer.bytes(); }

private:
    DeviceBuffer m_buffer;
    std::size_t m_kept;    ///< end of what is kept, where layer memory begins
    std::size_t m_scratch; ///< where scratch begins
};

} // namespace triptych
