// The attention of a head, and the latents beside it, as tables.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/long_attention.h"
#include "ui/panels/panel.h"

namespace triptych {

/// Of the probe text at the moment shown: every query with every key that it may see, and the norm of each token's
/// latent. Layers and heads that the model has not give those next to them. The tables are the panel's.
std::vector<Twin> attentionTwins(Panel& panel, const RunFeed& feed, std::int64_t chosenLayer, std::int64_t chosenHead);

/// Of a long text: one query with every key that it may see, since all of them would be millions of rows. A query that
/// the text has not is the last one read. Nothing before the first is read.
std::vector<Twin> longAttentionTwins(Panel& panel, const RunFeed& feed, const LongAttention& reading, int query);

} // namespace triptych
