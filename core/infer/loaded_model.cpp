// From a folder to memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/loaded_model.h"

#include "core/cost/memory.h"
#include "core/formats/hf_checkpoint.h"
#include "core/routing/router_catalog.h"
#include "core/run/checkpoint.h"

#include <fmt/format.h>

namespace triptych {

namespace {

/// Whether any tensor of the first MTP module is there.
bool holds_mtp(const HfCheckpoint& checkpoint)
{
    return checkpoint.find(fmt::format("model.layers.{}.eh_proj.weight", checkpoint.config().num_hidden_layers)) !=
           nullptr;
}

} // namespace

LoadedModel::LoadedModel(const ModelConfig& config, const RouterInfo& router)
    : m_model(config, router, DType::F32, config.max_position_embeddings),
      m_params(Device{}, DType::F32, m_model.declare(), StoreFor::Inference)
{}

Result<std::unique_ptr<LoadedModel>> LoadedModel::allocate(const ModelConfig& config)
{
    const auto router = router_of(config);
    if (!router) return router.error();
    if (const Status fits = check_weights_fit(config); !fits) return fits.error();
    return std::unique_ptr<LoadedModel>(new LoadedModel(config, **router));
}

Result<std::unique_ptr<LoadedModel>> LoadedModel::open(const std::filesystem::path& checkpoint)
{
    const auto files = HfCheckpoint::open(checkpoint);
    if (!files) return files.error();
    ModelConfig config = files->config();
    std::vector<std::string> notes;
    if (config.num_nextn_predict_layers > 0 && !holds_mtp(*files)) {
        notes.push_back(
            fmt::format("config.json announces an MTP depth of {}, but {} holds no MTP module: going on without",
                        config.num_nextn_predict_layers, files->folder().string()));
        config.num_nextn_predict_layers = 0;
    }
    auto loaded = allocate(config);
    if (!loaded) return loaded.error();
    if (const Status read = load_weights(*files, (*loaded)->m_params); !read) return read.error();
    (*loaded)->m_notes = std::move(notes);
    return loaded;
}

Result<std::unique_ptr<LoadedModel>> LoadedModel::create(const ModelConfig& config, std::uint64_t seed)
{
    auto fresh = allocate(config);
    if (!fresh) return fresh.error();
    (*fresh)->m_params.initialize(seed, config.initializer_range);
    return fresh;
}

} // namespace triptych
