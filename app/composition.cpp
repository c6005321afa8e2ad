#include "app/composition.h"

#include "core/store/open.h"
#include "ui/audit/audit_page.h"
#include "ui/compare/compare_page.h"
#include "ui/registry/desk.h"
#include "ui/registry/registry_page.h"
#include "ui/runs/run_page.h"
#include "ui/runs/runs_page.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QGuiApplication>

namespace sextant {

void describeApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("sextant"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Sextant"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEXTANT_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("sextant"));
}

Session::Opener storeOpener()
{
    return [](const std::string& uri) { return openStore(uri, OpenOptions{defaultCacheFolder()}); };
}

QString demoStore()
{
    const QString program = QCoreApplication::applicationDirPath();
    for (const char* place : {"/../share/sextant/demo/mlflow.db", "/../../resources/demo/mlflow.db"}) {
        const QFileInfo file(program + QLatin1String(place));
        if (file.exists())
            return file.canonicalFilePath();
    }
    return {};
}

void addPages(Window& window)
{
    auto* runs = new RunsPage(window.context());
    window.addPage(runs);
    window.addPage(new RunPage(window.context(), *runs));
    window.addPage(new ComparePage(window.context(), runs->histories()));
    auto* registry = new RegistryPage(window.context());
    new Desk(window.context(), *registry);
    window.addPage(registry);
    window.addPage(new AuditPage(window.context()));
}

} // namespace sextant
