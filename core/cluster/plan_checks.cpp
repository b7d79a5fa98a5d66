// The table of published figures, with how each is computed here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/plan_checks.h"

#include "core/cluster/all_to_all.h"
#include "core/cluster/calibration.h"
#include "core/cluster/planner.h"
#include "core/config/parameter_count.h"
#include "core/config/preset.h"

#include <fmt/format.h>

#include <cmath>
#include <string_view>

namespace triptych {

namespace {

/// The end of the names of figures that stand for whole trainings.
constexpr std::string_view kGpuHours = ": GPU-hours for 1T tokens";
constexpr const char* kReport = "DeepSeek-V3 report, arXiv 2412.19437, section 3.1 and table 1";
constexpr const char* kInsights = "Insights into DeepSeek-V3, arXiv 2505.09343";
constexpr const char* kLlama = "Llama 3, arXiv 2407.21783, table 4";
constexpr const char* kDeepGemm = "DeepGEMM README, February 2025";
constexpr const char* kDeepEp = "DeepEP README, 2025";

using Checks = std::vector<PlanCheck>;
using enum CheckUse;

void add_closed_forms(Checks& checks, const ModelConfig& v3)
{
    const std::string tables = std::string(kInsights) + ", ";
    const auto kv = [&](const char* model, double predicted, double published) {
        checks.push_back({fmt::format("{}: cache of a token", model), "kB", predicted / 1e3, published,
                          tables + "table 1", Checked, 1e-4});
    };
    kv("DeepSeek-V3", static_cast<double>(cache_bytes_per_token(v3).mla), 70.272);
    kv("Qwen-2.5-72B", qwen_72b().cache_bytes_per_token(), 327.680);
    kv("Llama-3.1-405B", llama_405b().cache_bytes_per_token(), 516.096);
    const auto flops = [&](const char* model, double predicted, double published, double bound) {
        checks.push_back({fmt::format("{}: training of a token", model), "GFLOP", predicted / 1e9, published,
                          tables + "table 2", Checked, bound});
    };
    flops("DeepSeek-V3", training_flops_per_token(v3, 4096), 250, 0.005);
    flops("Qwen-2.5-72B", qwen_72b().training_flops_per_token(4096), 394, 0.15);
    flops("Llama-3.1-405B", llama_405b().training_flops_per_token(4096), 2448, 0.05);
}

void add_decoding(Checks& checks, const ModelConfig& v3, const Gpu& h800, const Gpu& gb200)
{
    const std::string section = std::string(kInsights) + ", section 2.3.2";
    // The paper takes 7,000 values a row where the model has 7,168.
    constexpr double kBound = 0.03;
    const DecodeBound network = decode_bound(v3, h800.network_bandwidth);
    const DecodeBound nvlink = decode_bound(v3, gb200.nvlink_bandwidth);
    checks.push_back(
        {"Decoding on 400 Gb/s: exchange of a layer", "µs", network.exchange * 1e6, 120.96, section, Checked, kBound});
    checks.push_back({"Decoding on 400 Gb/s: a token", "ms", network.token * 1e3, 14.76, section, Checked, kBound});
    checks.push_back({"Decoding on 400 Gb/s: speed", "token/s", 1 / network.token, 67, section, Checked, kBound});
    checks.push_back({"Decoding on GB200 NVL72: a token", "ms", nvlink.token * 1e3, 0.82, section, Checked, kBound});
    checks.push_back({"Decoding on GB200 NVL72: speed", "token/s", 1 / nvlink.token, 1200, section, Checked, kBound});
}

void add_kernels(Checks& checks, const ModelConfig& v3, const Gpu& h800)
{
    const KernelRates rates(h800, h800.multiprocessors);
    for (const MeasuredProduct& p : measured_products()) {
        const double flop = 2 * p.groups * p.rows * p.columns * p.k;
        const double seconds = rates.product_seconds(TrainFormat::Fp8, p.groups, p.rows, p.columns, p.k);
        checks.push_back(
            {fmt::format("FP8 product of {} x {} rows, {} columns, K {}", p.groups, p.rows, p.columns, p.k), "TFLOP/s",
             flop / seconds / 1e12, p.tflops, kDeepGemm, Calibrated, 0.03});
    }
    struct Exchange {
        std::int64_t ep;
        double published;
        CheckUse use;
        double bound;
    };
    // DeepEP counts the copies over NVLink within a node, and one a node, its own too, beyond it.
    for (const Exchange& e : {Exchange{8, 153, Calibrated, 0.01}, Exchange{16, 43, Checked, 0.30},
                              Exchange{32, 58, Checked, 0.05}, Exchange{64, 51, Calibrated, 0.01}}) {
        ModelConfig c = v3;
        const ExpertGroup group = expert_group(e.ep, h800.domain);
        c.n_group = group.domains;
        c.topk_group = std::min<std::int64_t>(4, group.domains);
        const TokenCopies copies = token_copies(c, group);
        const double counted = group.domains == 1 ? copies.nvlink : copies.domains;
        checks.push_back({fmt::format("All-to-all over {} GPUs", e.ep), "GB/s",
                          counted / all_to_all_seconds(c, h800, group, 1, 1) / 1e9, e.published, kDeepEp, e.use,
                          e.bound});
    }
}

Status add_deepseek_v3(Checks& checks, const ModelConfig& v3, const Gpu& h800)
{
    PlanRequest request;
    request.model = v3;
    request.gpu = h800;
    const auto plan = evaluate_layout(
        request, {.pp = 16, .ep = 64, .dp = 128, .micro_batch = 1, .schedule = PipelineSchedule::DualPipe});
    if (!plan) return plan.error();
    const std::string table = std::string(kInsights) + ", table 4";
    const auto add = [&](const char* name, const char* unit, double predicted, double published,
                         const std::string& source, double bound) {
        checks.push_back(
            {std::string("DeepSeek-V3 on 2,048 H800: ") + name, unit, predicted, published, source, Checked, bound});
    };
    add("step", "s", plan->step_seconds, 19.926, table, 0.10);
    add("work of a step", "s", plan->work_seconds, 1.13 + 1.99 + 0.48 + 13.95, table, 0.10); // 1F, 1B, 1W, 1F1B
    add("bubble of a step", "s", plan->bubble_seconds, 2.06, table, 0.60);
    add("update of a step", "s", plan->update_seconds, 0.29, table, 0.50);
    add("MFU, causal", "%", 100 * plan->mfu, 38.94, table, 0.10);
    add("MFU, full attention", "%", 100 * plan->mfu_noncausal, 43.73, table, 0.10);
    add("GPU-hours for 1T tokens", "k", plan->gpu_hours_per_trillion_tokens / 1e3, 180, kReport, 0.10);
    add("14.8T tokens", "days", plan->days, 54.2, kReport, 0.10);
    add("14.8T tokens at $2", "M$", plan->usd / 1e6, 5.328, kReport, 0.10);
    return {};
}

/// DeepSeek-V2 (arXiv 2405.04434, section 3.1): BF16, zero-bubble pipelines of 16, experts over 8 GPUs, on H800. How
/// many GPUs and sequences a micro-batch is not published: 2,048 and 1 are assumed.
Status add_deepseek_v2(Checks& checks, const ModelConfig& v3, const Gpu& h800)
{
    PlanRequest request;
    request.gpu = h800;
    request.format = TrainFormat::Bf16;
    request.batch = 9216;
    ModelConfig& c = request.model = v3; // the same heads and latents
    c.vocab_size = 102400;
    c.hidden_size = 5120;
    c.intermediate_size = 12288;
    c.moe_intermediate_size = 1536;
    c.num_hidden_layers = 60;
    c.n_shared_experts = 2;
    c.n_routed_experts = 160;
    c.num_experts_per_tok = 6;
    c.n_group = 8;
    c.topk_group = 3;
    c.first_k_dense_replace = 1;
    c.num_nextn_predict_layers = 0;
    const auto plan = evaluate_layout(
        request, {.pp = 16, .ep = 8, .dp = 128, .micro_batch = 1, .schedule = PipelineSchedule::ZeroBubble});
    if (!plan) return plan.error();
    checks.push_back({"DeepSeek-V2 on H800: GPU-hours for 1T tokens", "k", plan->gpu_hours_per_trillion_tokens / 1e3,
                      172.8, "DeepSeek-V2, arXiv 2405.04434, section 3.2.3", Checked, 0.15});
    return {};
}

} // namespace

TrainingErrors training_errors(const std::vector<PlanCheck>& checks)
{
    TrainingErrors errors;
    for (const PlanCheck& c : checks) {
        if (c.use != Checked || !c.name.ends_with(kGpuHours)) continue;
        const bool nearer = errors.of.empty() || std::abs(c.error()) < std::abs(errors.least);
        if (nearer) errors.least = c.error();
        if (errors.of.empty() || std::abs(c.error()) > std::abs(errors.largest)) errors.largest = c.error();
        errors.of += (errors.of.empty() ? "" : ", ") + c.name.substr(0, c.name.size() - kGpuHours.size());
    }
    return errors;
}

Result<std::vector<PlanCheck>> plan_checks()
{
    const auto v3 = load_model_config("deepseek-v3");
    if (!v3) return v3.error();
    const auto h800 = load_gpu("h800");
    if (!h800) return h800.error();
    const auto gb200 = load_gpu("gb200-nvl72");
    if (!gb200) return gb200.error();
    Checks checks;
    add_closed_forms(checks, *v3);
    add_decoding(checks, *v3, *h800, *gb200);
    add_kernels(checks, *v3, *h800);
    const auto llama = [&](const char* name, const DenseRun& run, CheckUse use, double bound) {
        checks.push_back({name, "TFLOP/s", dense_tflops(run, kernel_share()), run.tflops, kLlama, use, bound});
    };
    llama("Llama-3.1-405B on 16,384 H100: each GPU", llama_on_16384(), Calibrated, 1e-9);
    llama("Llama-3.1-405B on 8,192 H100: each GPU", llama_on_8192(), Checked, 0.05);
    if (const Status s = add_deepseek_v3(checks, *v3, *h800); !s) return s.error();
    if (const Status s = add_deepseek_v2(checks, *v3, *h800); !s) return s.error();
    return checks;
}

} // namespace triptych
