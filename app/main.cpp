// One binary: without a command it opens the window, with one it is a command line that needs no display.
#include "app/cli/program.h"
#include "app/gui.h"

int main(int argc, char** argv)
{
    sextant::cli::Hooks hooks;
    hooks.openWindow = sextant::openWindow;
    hooks.screenshot = sextant::takeScreenshot;
    hooks.chart = sextant::exportChart;
    return sextant::cli::runProcess(argc, argv, hooks);
}
