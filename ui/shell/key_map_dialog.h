// All keys of the window, made of the actions that there are.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/action_catalog.h"

#include <QDialog>

namespace triptych {

/// Groups one below the other in two columns; actions without a key are left out.
class KeyMapDialog : public QDialog {
    Q_OBJECT

public:
    KeyMapDialog(const ActionCatalog& catalog, QWidget* parent);
};

} // namespace triptych
