// Answers come to who asked, or to nobody; and who asked may go at any time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/door.h"
#include "ui/bridge/reader_thread.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QObject>

#include <memory>

namespace triptych::test {
namespace {

TEST(Door, WhatIsToldComesToTheOwnerOnItsThreadOrToNobody)
{
    auto owner = std::make_unique<QObject>();
    const auto door = std::make_shared<Door<QObject>>(*owner);
    int told = 0;
    ReaderThread reader;
    reader.ask(nullptr, [door, &told] { door->tell([&told](QObject&) { ++told; }); });
    reader.finish();
    EXPECT_EQ(told, 0) << "not on the reader's";
    QCoreApplication::processEvents();
    EXPECT_EQ(told, 1);
    reader.ask(nullptr, [door, &told] { door->tell([&told](QObject&) { ++told; }); });
    reader.finish();
    door->close();
    EXPECT_FALSE(door->isOpen());
    owner.reset(); // with what was on its way
    reader.ask(nullptr, [door, &told] { door->tell([&told](QObject&) { ++told; }); });
    reader.finish();
    QCoreApplication::processEvents();
    EXPECT_EQ(told, 1);
}

} // namespace
} // namespace triptych::test
