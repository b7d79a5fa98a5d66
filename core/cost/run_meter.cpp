// Rental headline and full cost of a run; default prices with their sources.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/run_meter.h"

#include "core/cost/closed_forms.h"

#include <stdexcept>
#include <utility>

namespace triptych {

namespace {

PriceInput published(double value, const char* unit, double low, double high, const char* source, const char* date)
{
    return {value, unit, low, high, source, date, PriceBasis::Published, false};
}

PriceInput assumed(double value, const char* unit, double low, double high, const char* source, const char* date)
{
    return {value, unit, low, high, source, date, PriceBasis::Assumed, false};
}

/// What is the same for every device: how the programme around a run is counted, and electricity.
RunPrices common_prices()
{
    RunPrices prices;
    prices.life = published(4, "years", 3, 6, "straight line, the 4-year lens of SemiAnalysis", "2025-01");
    prices.tariff = published(0.0771, "USD/kWh", 0.067, 0.12, "US industrial electricity as used by Epoch AI", "2024");
    prices.run_share = assumed(0.2, "of the programme's compute", 0.1, 0.3,
                               "middle of 10 % (OpenAI) and 30 % (MiniMax, Z.ai) as collected by Epoch AI", "2024");
    prices.staff_share = assumed(0.39, "of the programme's cost", 0.29, 0.49,
                                 "middle of the range of Epoch AI's study of development costs", "2024");
    return prices;
}

/// A GPU of the Hopper generation in an eight-GPU server of a cluster.
RunPrices hopper(const char* title)
{
    RunPrices prices = common_prices();
    prices.title = title;
    prices.purchase = published(50000, "USD/GPU", 47000, 52000,
                                "all-in cluster price of an H100 with InfiniBand, Tech Talk CTO", "2024");
    prices.utilisation = assumed(0.85, "of the time", 0.5, 1, "a well-filled cluster", "2025");
    prices.power = published(0.95625, "kW/GPU", 0.8, 1.185,
                             "10.2 kW of a DGX H100 over 8 GPUs, times 0.75 average load (Epoch AI)", "2024");
    prices.pue =
        published(1.25, "facility/device", 1.1, 1.58, "data centres outside the hyperscalers, Epoch AI", "2024");
    return prices;
}

struct Row {
    const char* key;
    const char* title;
    PriceInput RunPrices::*member;
    InputKind kind;
};

constexpr Row kRows[] = {
    {"rental", "Rental price", &RunPrices::rental, InputKind::Amount},
    {"purchase", "Purchase price", &RunPrices::purchase, InputKind::Amount},
    {"life", "Useful life", &RunPrices::life, InputKind::Positive},
    {"utilisation", "Utilisation", &RunPrices::utilisation, InputKind::Share},
    {"power", "Power while training", &RunPrices::power, InputKind::Amount},
    {"pue", "Power overhead of the building (PUE)", &RunPrices::pue, InputKind::Overhead},
    {"tariff", "Electricity price", &RunPrices::tariff, InputKind::Amount},
    {"run_share", "Share of this run in its programme", &RunPrices::run_share, InputKind::Share},
    {"staff_share", "Share of people in the programme", &RunPrices::staff_share, InputKind::RestShare},
};

std::int64_t micro_usd(double device_seconds, double usd_per_hour)
{
    // A clock that stepped back or a broken counter must not become a negative bill.
    if (!(device_seconds > 0)) return 0;
    return Money::clamped(price_of_seconds(device_seconds, usd_per_hour)).micro();
}

} // namespace

RunPrices RunPrices::this_machine(int threads)
{
    const double n = threads < 1 ? 1 : threads;
    RunPrices prices = common_prices();
    prices.title = "This machine, " + std::to_string(static_cast<int>(n)) + (n < 2 ? " thread" : " threads");
    prices.rental = assumed(0.048 * n, "USD/machine-hour", 0.02 * n, 0.06 * n,
                            "0.048 USD per vCPU-hour, on-demand list price of a general purpose cloud machine", "2024");
    prices.purchase =
        assumed(100 * n, "USD/machine", 50 * n, 200 * n, "100 USD per hardware thread, a desktop PC", "2024");
    prices.utilisation = assumed(0.5, "of the time", 0.1, 1, "a PC that trains half of its life", "2024");
    prices.power = assumed(0.01 * n, "kW/machine", 0.005 * n, 0.02 * n, "10 W per busy hardware thread", "2024");
    prices.pue = assumed(1.0, "facility/device", 1.0, 1.58, "a PC in a room without cooling of its own", "2024");
    return prices;
}

RunPrices RunPrices::h800()
{
    RunPrices prices = hopper("NVIDIA H800");
    prices.rental = published(2.0, "USD/GPU-hour", 2.0, 3.42,
                              "assumption of the DeepSeek-V3 technical report, arXiv:2412.19437, Table 1", "2024-12");
    return prices;
}

RunPrices RunPrices::h100()
{
    RunPrices prices = hopper("NVIDIA H100");
    prices.rental = published(2.95, "USD/GPU-hour", 1.99, 6.88, "median of 37 providers", "2026-05");
    return prices;
}

RunPrices RunPrices::h200()
{
    RunPrices prices = hopper("NVIDIA H200");
    prices.rental =
        published(4.0, "USD/GPU-hour", 2.5, 7.0, "middle of the usual 3.50-4.50 of cloud price lists", "2026-05");
    return prices;
}

std::vector<NamedPriceInput> named_inputs(const RunPrices& prices)
{
    std::vector<NamedPriceInput> inputs;
    for (const Row& row : kRows) inputs.push_back({row.key, row.title, prices.*row.member});
    return inputs;
}

Status validate(const RunPrices& prices)
{
    for (const Row& row : kRows)
        if (Status status = check_value((prices.*row.member).value, row.kind, row.key, row.title); !status)
            return status;
    return {};
}

RunMeter::RunMeter(RunPrices prices) : m_prices(std::move(prices))
{
    if (const Status status = validate(m_prices); !status)
        throw std::invalid_argument("[RunMeter] " + status.error().what);
}

std::int64_t RunMeter::headline_micro_usd(double device_seconds) const
{
    return micro_usd(device_seconds, m_prices.rental.value);
}

std::int64_t RunMeter::tco_micro_usd(double device_seconds) const
{
    return micro_usd(device_seconds, owned_usd_per_device_hour() * programme_factor());
}

double RunMeter::capex_usd_per_device_hour() const
{
    return straight_line(m_prices.purchase.value, 0, m_prices.life.value, m_prices.utilisation.value);
}

double RunMeter::energy_usd_per_device_hour() const
{
    return m_prices.power.value * m_prices.pue.value * m_prices.tariff.value;
}

double RunMeter::owned_usd_per_device_hour() const
{
    return capex_usd_per_device_hour() + energy_usd_per_device_hour();
}

double RunMeter::programme_factor() const
{
    return 1 / m_prices.run_share.value / (1 - m_prices.staff_share.value);
}

} // namespace triptych
