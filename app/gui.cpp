#include "app/gui.h"

#include "app/composition.h"
#include "core/store/open.h"

#include <QApplication>

#include <cstdio>
#include <cstdlib>

namespace sextant {

namespace {

bool isSet(const char* variable)
{
    const char* value = std::getenv(variable);
    return value && *value;
}

bool hasDisplay()
{
#if defined(Q_OS_LINUX)
    return isSet("DISPLAY") || isSet("WAYLAND_DISPLAY") || isSet("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

} // namespace

int openWindow(const std::string& uri)
{
    if (!hasDisplay()) {
        std::fputs("sextant: There is no display to open a window on\n"
                   "Run it in a desktop session, or see `sextant --help` for what works without one\n",
                   stderr);
        return cli::kFailed;
    }
    int argumentCount = 1;
    char name[] = "sextant";
    char* arguments[] = {name, nullptr};
    QApplication application(argumentCount, arguments);
    describeApplication();

    Settings settings;
    ThemeControl theme(settings.theme());
    Window window({settings, theme, storeOpener(), demoStore(), true});
    addPages(window);
    window.finish();
    window.show();
    if (!uri.empty())
        window.openStore(QString::fromStdString(uri));
    else if (isSet("MLFLOW_TRACKING_URI"))
        window.openStore(QString::fromStdString(defaultStoreUri()));
    return QApplication::exec();
}

} // namespace sextant
