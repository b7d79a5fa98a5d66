// Singular values by the Gram matrix of the shorter side, in f64.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/latent_rank.h"

#include "core/util/eigenvalues.h"
#include "kernels/base/bfloat16.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr std::int64_t kTexts = 4;

/// The products of all pairs of columns of a matrix given by its rows; what lies on and below the diagonal. The sums
/// run over whole rows, which are read once and in order.
std::vector<double> gram_of_columns(const std::vector<double>& matrix, std::size_t rows, std::size_t columns)
{
    std::vector<double> gram(columns * columns);
    for (std::size_t r = 0; r < rows; ++r) {
        const double* row = &matrix[r * columns];
        for (std::size_t i = 0; i < columns; ++i)
            for (std::size_t j = 0; j <= i; ++j) gram[i * columns + j] += row[i] * row[j];
    }
    return gram;
}

/// The matrix, or its transpose, so that its rows are the longer side.
std::vector<double> standing(std::span<const float> matrix, std::size_t rows, std::size_t columns)
{
    std::vector<double> result(matrix.begin(), matrix.end());
    if (rows >= columns) return result;
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) result[c * rows + r] = static_cast<double>(matrix[r * columns + c]);
    return result;
}

/// Measures each layer as its latents come by.
class RankProbe final : public Probe {
public:
    explicit RankProbe(LatentRank& rank) : m_rank(rank) {}

    bool wants(const Tap& tap) const override { return tap.point == TapPoint::Latent; }
    void take(const Tap& tap, ConstView<2> view) override
    {
        const std::int64_t rows = view.size(0);
        const std::int64_t columns = view.size(1);
        m_values.resize(static_cast<std::size_t>(rows * columns));
        for (std::int64_t r = 0; r < rows; ++r) copy_row(view, r, &m_values[static_cast<std::size_t>(r * columns)]);
        m_rank.layers[static_cast<std::size_t>(tap.layer)] =
            static_cast<float>(effective_rank(m_values, rows, columns));
        m_rank.bound = std::min(rows, columns);
    }

private:
    static void copy_row(ConstView<2> view, std::int64_t row, float* out)
    {
        const auto copy = [&](const auto* values) {
            const auto* from = values + row * view.row_stride();
            std::transform(from, from + view.size(1), out, [](auto v) { return static_cast<float>(v); });
        };
        if (view.dtype() == DType::F64)
            copy(view.as<double>());
        else if (view.dtype() == DType::BF16)
            copy(view.as<bfloat16>());
        else
            copy(view.as<float>());
    }

    LatentRank& m_rank;
    std::vector<float> m_values;
};

} // namespace

double effective_rank(std::span<const float> matrix, std::int64_t rows, std::int64_t columns)
{
    const auto shorter = static_cast<std::size_t>(std::min(rows, columns));
    const auto longer = static_cast<std::size_t>(std::max(rows, columns));
    const auto tall = standing(matrix, static_cast<std::size_t>(rows), static_cast<std::size_t>(columns));
    std::vector<double> values = symmetric_eigenvalues(gram_of_columns(tall, longer, shorter), shorter);
    double sum = 0;
    for (double& value : values) {
        if (std::isnan(value)) return value;
        value = std::sqrt(std::max(value, 0.0));
        sum += value;
    }
    if (sum == 0) return 0;
    double entropy = 0;
    for (const double value : values)
        if (value > 0) entropy -= value / sum * std::log(value / sum);
    return std::exp(entropy);
}

TokenBatch rank_sample(const TokenBatch& batch)
{
    TokenBatch sample;
    sample.batch = std::min(batch.batch, kTexts);
    if (sample.batch == 0) return sample;
    sample.length = std::min(batch.length, kRankTokens / sample.batch);
    for (const std::vector<std::int32_t>& inputs : batch.inputs) {
        std::vector<std::int32_t>& cut = sample.inputs.emplace_back();
        for (std::int64_t b = 0; b < sample.batch; ++b) {
            const auto first = inputs.begin() + b * batch.length;
            cut.insert(cut.end(), first, first + sample.length);
        }
    }
    return sample;
}

LatentRank read_latent_rank(const ProbeModel& model, const TokenBatch& sample)
{
    const ModelConfig& config = model.model.config();
    LatentRank rank;
    rank.layers.assign(static_cast<std::size_t>(config.num_hidden_layers + config.num_nextn_predict_layers),
                       std::numeric_limits<float>::quiet_NaN());
    if (sample.batch == 0 || sample.length == 0) return rank;
    RankProbe probe(rank);
    Pass pass{.stream = model.stream, .workspace = model.workspace, .params = model.params};
    pass.probe = &probe;
    model.model.evaluate(pass, sample, nullptr);
    return rank;
}

} // namespace triptych
