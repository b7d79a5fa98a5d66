// Turns the loads of single steps into the calm picture of the MoE wing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/model/probe.h"
#include "core/model/token_batch.h"
#include "core/routing/balance.h"
#include "core/session/frame.h"
#include "core/session/pair_counter.h"
#include "core/session/vocabulary_counter.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// What a training has beside experts and domains.
struct LoadShape {
    std::int64_t groups = 1;      ///< G, of experts; 1: a model without
    std::int64_t micro_steps = 1; ///< passes a step
    std::int64_t layers = 0;      ///< main ones: those after them are the MTP modules'
    std::int64_t vocabulary = 0;  ///< V
};

enum class Counting : std::uint8_t { No = 1, Yes };
/// Whether a frame has the tokens that were counted: of many experts they are its largest part.
enum class FrameWords : std::uint8_t { Left = 1, Shown };

/// Smooths load / mean load over about kWindow steps. As a probe of a training pass it also counts which domain chose
/// which expert, which groups were chosen, how even each micro-batch was, and which experts are chosen together.
class LoadTracker : public Probe {
public:
    LoadTracker(std::int64_t experts, std::vector<std::string> domains, LoadShape shape = {});

    /// The domains of the tokens of the pass that follows, [N]; empty when unlabelled.
    void set_domains(const std::vector<std::int32_t>* domains) { m_current = domains; }
    /// The tokens of the pass that follows and what names them; both must stay.
    void set_tokens(const TokenBatch* batch, const Tokenizer& tokenizer);
    /// In the same steps as pairs; not without set_tokens().
    void count_words(Counting count);
    /// Pairs are counted in every kPairStride-th step, the next one first; No forgets them.
    void count_pairs(Counting count);
    bool wants(const Tap& tap) const override;
    /// Takes no memory once it had a pass of each kind.
    void take(const Tap& tap, ConstView<2> experts) override;

    /// Once per step.
    void add(const StepReport& report);
    /// [layer] of the step that was added last, the mean over its micro-batches of each measure; empty where a step is
    /// one.
    std::vector<BalanceMeasures> micro_balance() const;
    /// Not for every step: with many experts their pairs take a millisecond a layer after a step that counted them.
    std::shared_ptr<const LoadFrame> frame(FrameWords words = FrameWords::Shown);

    static constexpr std::int64_t kPairStride = 8; ///< steps

private:
    static constexpr double kWindow = 20;     // steps
    static constexpr double kPairWindow = 16; // steps that counted pairs

    struct Layer {
        std::vector<double> smoothed;                        ///< [E] load / mean load
        std::vector<std::int64_t> since;                     ///< [E] steps since the last token
        std::vector<std::vector<double>> domain_counts;      ///< [domain][E], fading
        std::vector<double> group_counts;                    ///< [G] tokens that chose in it, fading
        double tokens = 0;                                   ///< of group_counts
        std::vector<std::vector<std::int64_t>> micro_counts; ///< [micro-batch][E] of the step under way
        std::size_t micro_taken = 0;                         ///< of them
        BalanceMeasures micro_balance;                       ///< mean over those of the last step
        std::optional<PairCounter> pairs;
        PairLift lift; ///< of pairs, where these are not m_pairs_moved
        std::optional<VocabularyCounter> vocabulary;
        VocabularyUse words;
    };

    bool is_counting_step() const { return m_steps % kPairStride == 0; }
    bool pairs_due() const { return m_count_pairs == Counting::Yes && is_counting_step(); }
    bool words_due() const { return m_count_words == Counting::Yes && is_counting_step(); }
    void count_domains(Layer& layer, ConstView<2> experts) const;
    void count_groups(Layer& layer, ConstView<2> experts) const;
    void count_micro_batch(Layer& layer, ConstView<2> experts) const;
    static void measure_micro_batches(Layer& layer, ExpertsOff off);
    void count_words_of(std::int64_t index, Layer& layer, ConstView<2> experts) const;
    void measure_pairs();
    void measure_words();
    void show_domains(const Layer& layer, LoadFrame& frame) const;
    void show_groups(const Layer& layer, LoadFrame& frame) const;

    std::int64_t m_experts;
    std::vector<std::string> m_domains;
    LoadShape m_shape;
    Counting m_count_pairs = Counting::No;
    Counting m_count_words = Counting::No;
    bool m_pairs_moved = false; ///< pairs were counted since they were measured
    bool m_words_moved = false; ///< likewise
    const std::vector<std::int32_t>* m_current = nullptr;
    const TokenBatch* m_batch = nullptr;
    const Tokenizer* m_tokenizer = nullptr;
    std::map<std::int64_t, Layer> m_layers;
    StepReport m_last;
    std::int64_t m_steps = 0;
};

} // namespace triptych
