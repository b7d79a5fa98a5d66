// From a folder to memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/loaded_model.h"

#include "core/cost/memory.h"
#include "core/formats/hf_checkpoint.h"
#include "core/routing/router_catalog.h"
#include "core/run/checkpoint.h"

#include <fmt/format.h>

namespace triptych {

LoadedModel::LoadedModel(const ModelConfig& config, const RouterInfo& router, int threads, DType weights)
    : m_stream(Device{}, threads), m_model(config, router, DType::F32, config.max_position_embeddings),
      m_params(Device{}, DType::F32, weights, m_model.declare(), StoreFor::Inference)
{}

Result<std::unique_ptr<LoadedModel>> LoadedModel::allocate(const ModelConfig& config, int threads, DType weights)
{
    const auto router = router_of(config);
    if (!router) return router.error();
    if (const Status fits = check_weights_fit(config, weights); !fits) return fits.error();
    return std::unique_ptr<LoadedModel>(new LoadedModel(config, **router, threads, weights));
}

Result<std::unique_ptr<LoadedModel>> LoadedModel::open(const std::filesystem::path& checkpoint, DType weights,
                                                       int threads)
{
    const auto files = HfCheckpoint::open(checkpoint);
    if (!files) return files.error();
    const ModelConfig config = held_config(*files);
    auto loaded = allocate(config, threads, weights);
    if (!loaded) return loaded.error();
    if (const Status read = load_weights(*files, (*loaded)->m_params); !read) return read.error();
    const auto control = read_control(*files);
    if (!control) return control.error();
    (*loaded)->m_model.set_control(*control);
    if (!control->empty())
        (*loaded)->m_notes.push_back("routed as its training was when it was saved: " + control_text(*control));
    if (const auto depth = files->config().num_nextn_predict_layers; depth != config.num_nextn_predict_layers)
        (*loaded)->m_notes.push_back(
            fmt::format("config.json announces an MTP depth of {}, but {} holds no MTP module: going on without", depth,
                        files->folder().string()));
    return loaded;
}

Result<std::unique_ptr<LoadedModel>> LoadedModel::create(const ModelConfig& config, std::uint64_t seed, int threads,
                                                        DType weights)
{
    auto fresh = allocate(config, threads, weights);
    if (!fresh) return fresh.error();
    (*fresh)->m_params.initialize(seed, config.initializer_range);
    return fresh;
}

} // namespace triptych
