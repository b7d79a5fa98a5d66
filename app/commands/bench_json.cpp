// Benchmarks for scripts: milliseconds, GFLOP/s, GB/s, shares of 1.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_output.h"
#include "app/console/json_line.h"

#include <nlohmann/json.hpp>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

constexpr double kMilli = 1e3;
constexpr double kGiga = 1e-9;

Json ops_json(const OpProfile& profile)
{
    auto rows = Json::array();
    for (const OpTime& op : profile.ops)
        rows.push_back({{"name", op.name},
                        {"ms", op.seconds * kMilli},
                        {"gflops", op.flop_rate() * kGiga},
                        {"gb_per_second", op.byte_rate() * kGiga},
                        {"calls", op.calls}});
    return rows;
}

} // namespace

std::string bench_json(const std::string& model, const TrainBench& b)
{
    Json json = {{"model", model},
                 {"precision", b.train.precision},
                 {"threads", b.train.threads},
                 {"tokens_per_second", b.tokens_per_second()},
                 {"step_ms", b.step_seconds.median * kMilli},
                 {"gflops", b.flop_rate() * kGiga},
                 {"matrix_peak_gflops", b.matrix_peak.median * kGiga},
                 {"share_of_peak", b.share_of_peak()},
                 {"ops", ops_json(b.profile)},
                 {"outside_ops_ms", b.profile.outside_seconds * kMilli},
                 {"observed_step_ms", b.profile.seconds * kMilli},
                 {"parameters", b.parameters.total},
                 {"active_parameters", b.parameters.active},
                 {"sequence_length", b.train.sequence_length},
                 {"batch_size", b.train.batch_size},
                 {"step_gflop", b.step_flops * kGiga},
                 {"steps", b.steps},
                 {"step_ms_least", b.step_seconds.least * kMilli},
                 {"step_ms_most", b.step_seconds.most * kMilli},
                 {"first_step_ms", b.first_step_seconds * kMilli},
                 {"planned_bytes", b.planned_bytes},
                 {"peak_resident_bytes", b.peak_resident_bytes},
                 {"page_faults_per_step", b.page_faults},
                 {"loss", b.loss},
                 {"max_vio", b.max_vio}};
    if (b.floor)
        json.update({{"floor_ms", b.floor->seconds.median * kMilli},
                     {"floor_gflops", b.floor_rate() * kGiga},
                     {"share_of_floor", b.share_of_floor()},
                     {"floor_dense_ms", b.floor->parts.dense * kMilli},
                     {"floor_experts_ms", b.floor->parts.experts * kMilli},
                     {"floor_attention_ms", b.floor->parts.attention * kMilli}});
    return json_line(json);
}

std::string bench_json(const std::string& model, const DecodeBench& b)
{
    return json_line(Json{{"tokens_per_second", b.tokens_per_second()},
                          {"precision", b.precision},
                          {"model", model},
                          {"threads", b.threads},
                          {"token_ms", b.token_seconds.median * kMilli},
                          {"active_weight_bytes", b.weight_bytes},
                          {"read_gb_per_second", b.read_bandwidth.median * kGiga},
                          {"limit_tokens_per_second", b.limit()},
                          {"share_of_limit", b.share_of_limit()},
                          {"ops", ops_json(b.profile)},
                          {"outside_ops_ms", b.profile.outside_seconds * kMilli},
                          {"observed_token_ms", b.profile.seconds * kMilli},
                          {"prompt_tokens", b.prompt_tokens},
                          {"new_tokens", b.new_tokens},
                          {"different_tokens", b.different_tokens},
                          {"texts", b.texts},
                          {"token_ms_least", b.token_seconds.least * kMilli},
                          {"token_ms_most", b.token_seconds.most * kMilli}});
}

std::string bench_json(const OpBench& b)
{
    auto rows = Json::array();
    for (const OpBenchRow& row : b.rows)
        rows.push_back({{"name", row.cost.name},
                        {"ms", row.seconds.median * kMilli},
                        {"gflops", row.flop_rate() * kGiga},
                        {"gb_per_second", row.byte_rate() * kGiga},
                        {"share_of_peak", row.flop_rate() / b.matrix_peak.median},
                        {"share_of_read", row.byte_rate() / b.read_bandwidth.median},
                        {"tokens", row.size.tokens},
                        {"width", row.size.width},
                        {"calls", row.calls},
                        {"ms_least", row.seconds.least * kMilli},
                        {"ms_most", row.seconds.most * kMilli}});
    return json_line(Json{{"precision", b.precision},
                          {"threads", b.threads},
                          {"matrix_peak_gflops", b.matrix_peak.median * kGiga},
                          {"read_gb_per_second", b.read_bandwidth.median * kGiga},
                          {"ops", std::move(rows)}});
}

} // namespace triptych
