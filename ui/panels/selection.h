// The one selection of the window: choose a token, a layer or an expert anywhere, and every wing answers for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>

namespace triptych {

/// Numbers from 0; -1: nothing chosen. Layers are numbered as in tensor names, MTP blocks count on from the main ones.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    std::int64_t layer() const { return m_layer; }
    std::int64_t expert() const { return m_expert; }
    std::int64_t head() const { return m_head; }
    std::int64_t token() const { return m_token; }

    void setLayer(std::int64_t layer) { set(m_layer, layer); }
    void setExpert(std::int64_t expert) { set(m_expert, expert); }
    void setHead(std::int64_t head) { set(m_head, head); }
    void setToken(std::int64_t token) { set(m_token, token); }
    /// Both at once, told once.
    void setExpertOfLayer(std::int64_t layer, std::int64_t expert);

signals:
    void changed();

private:
    void set(std::int64_t& member, std::int64_t value);

    std::int64_t m_layer = -1;
    std::int64_t m_expert = -1;
    std::int64_t m_head = 0;
    std::int64_t m_token = -1;
};

} // namespace triptych
