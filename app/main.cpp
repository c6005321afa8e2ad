// One binary: without a command it opens the window, with one it is a command line that needs no display.
#include <cstdio>

int main()
{
    std::puts("sextant " SEXTANT_VERSION);
    return 0;
}
