// One binary: without a command it opens the window, with one it is a command line that needs no display.
#include "app/cli/program.h"

int main(int argc, char** argv)
{
    return sextant::cli::runProcess(argc, argv);
}
