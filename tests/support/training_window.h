// The whole window, and a model so small that a step takes a millisecond or two. A test starts the training.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/config_json.h"
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"
#include "ui/main_window.h"

#include <gtest/gtest.h>

#include <QTest>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace triptych::test {

class TrainingWindow : public testing::Test {
protected:
    static constexpr int kPatience = 60000; // ms; only a failing test waits for so long

    /// Runs go into a folder of the test. `tokens`: of a step, as settings.
    explicit TrainingWindow(LanguageChoice language = LanguageChoice::English,
                            const std::vector<std::string>& tokens = {"sequence_length=32", "batch_size=2"})
        : m_language(language)
    {
        qputenv("XDG_DATA_HOME", m_folder.path().c_str());
        ModelConfig config = tiny_config();
        config.vocab_size = 264;
        m_request.model = m_folder.write("config.json", model_config_json(config)).string();
        m_request.settings = tokens;
        m_request.settings.insert(m_request.settings.end(), {"threads=1", "eval_every=0"});
        m_window = std::make_unique<MainWindow>(m_theme);
        m_window->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
    }

    bool waits_for(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
    bool reaches(SessionState state)
    {
        return waits_for([&] { return m_window->feed().state() == state; });
    }
    RunFeed& feed() { return m_window->feed(); }

    LanguageScope m_language; ///< before the window is made
    TempFolder m_folder;
    RunRequest m_request;
    Theme m_theme{ThemeChoice::Dark};
    std::unique_ptr<MainWindow> m_window;
};

} // namespace triptych::test
