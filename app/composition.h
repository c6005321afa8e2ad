// Composition: which pages the window has, how it opens stores and where the demo store is.
#pragma once

#include "ui/shell/window.h"

namespace sextant {

/// Name and version, for window managers and the desktop.
void describeApplication();

/// openStore() with the user's cache folder.
Session::Opener storeOpener();

/// The database of the demo store beside the program or in the source tree; empty when there is none.
QString demoStore();

void addPages(Window& window);

} // namespace sextant
