// Order, patience and stops of what threads tell each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/mailbox.h"
#include "core/util/request_box.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>

namespace triptych {
namespace {

TEST(Mailbox, GivesCommandsAndEventsInTheirOrder)
{
    Mailbox<int, std::string> mail;
    mail.post(1);
    mail.post(2);
    const std::stop_token never;
    EXPECT_EQ(mail.take(never, Patience::WaitForOne), 1);
    EXPECT_EQ(mail.take(never, Patience::TakeWhatIsThere), 2);
    EXPECT_EQ(mail.take(never, Patience::TakeWhatIsThere), std::nullopt);
    mail.tell("a");
    mail.tell("b");
    EXPECT_EQ(mail.take_events(), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(mail.take_events().empty());
}

TEST(Mailbox, WakesAWorkerThatWaits)
{
    Mailbox<std::unique_ptr<int>, int> mail;
    std::jthread worker([&](const std::stop_token& stop) {
        while (const auto command = mail.take(stop, Patience::WaitForOne)) mail.tell(**command + 1);
    });
    mail.post(std::make_unique<int>(41));
    std::vector<int> told;
    while (told.empty()) told = mail.take_events();
    EXPECT_EQ(told, std::vector<int>{42});
    worker.request_stop();
    worker.join(); // else the test hangs
}

TEST(RequestBox, KeepsTheNewestRequestAlone)
{
    RequestBox<int> box;
    box.put(1);
    box.put(2);
    std::stop_source source;
    EXPECT_EQ(box.take(source.get_token()), 2);
    box.put(3);
    source.request_stop();
    EXPECT_EQ(box.take(source.get_token()), std::nullopt) << "who is to stop begins nothing";
}

} // namespace
} // namespace triptych
