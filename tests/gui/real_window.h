// The window as the program starts it: its pages, its way to open stores, in a folder of its own. The demo
// store is a copy, so that tests may write to it.
#pragma once

#include "app/composition.h"
#include "core/store/open.h"
#include "tests/gui/widget_walk.h"
#include "ui/runs/run_page.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/runs_table_view.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace sextant::test {

constexpr int kPatienceMs = 20'000;

/// Folders without links.
inline void copyFolder(const QString& from, const QString& to)
{
    QDir().mkpath(to);
    for (const QFileInfo& info : QDir(from).entryInfoList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString target = to + u'/' + info.fileName();
        if (info.isDir())
            copyFolder(info.filePath(), target);
        else
            QFile::copy(info.filePath(), target);
    }
}

inline QString demoSource()
{
    return QStringLiteral(SEXTANT_SOURCE_DIR "/resources/demo");
}

/// A copy of the demo store's database, its artifacts included on demand; returns the path of the database.
inline QString copyDemo(const QString& folder, bool artifacts = false,
                        const QString& name = QStringLiteral("mlflow.db"))
{
    QDir().mkpath(folder);
    const QString path = folder + u'/' + name;
    QFile::copy(demoSource() + QStringLiteral("/mlflow.db"), path);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    if (artifacts)
        copyFolder(demoSource() + QStringLiteral("/artifacts"), folder + QStringLiteral("/artifacts"));
    return path;
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct RealWindow
{
    /// `settingsFolder`: what an earlier window left; empty: a first start.
    explicit RealWindow(const QString& demo = {}, const QString& settingsFolder = {})
        : settings(settingsFolder.isEmpty() ? folder.path() + QStringLiteral("/config") : settingsFolder),
          theme(settings.theme() == ThemeControl::Choice::System ? ThemeControl::Choice::Light
                                                                 : settings.theme(),
                Theme::Families::bundled()),
          window({settings, theme, opener(), demo, true})
    {
        addPages(window);
        window.finish();
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
    }
    ~RealWindow()
    {
        for (QWidget* popup : openPopups())
            popup->close();
    }

    Session::Opener opener() const
    {
        return [cache = (folder.path() + QStringLiteral("/cache")).toStdString()](const std::string& uri) {
            return openStore(uri, OpenOptions{cache});
        };
    }
    /// Waits until nothing is read or loaded.
    bool rest()
    {
        return QTest::qWaitFor([this] { return window.settled(); }, kPatienceMs);
    }
    bool open(const QString& path)
    {
        window.openStore(path);
        return rest() && window.session().state() == Session::State::Open && window.session().table() &&
               rest();
    }
    QAction* action(const QString& id) const { return const_cast<Window&>(window).actions().find(id); }
    template <class T>
    T* part() const
    {
        return window.findChild<T*>();
    }
    RunsPage& runs() const { return *part<RunsPage>(); }
    RunPage& run() const { return *part<RunPage>(); }
    const Workspace& workspace() { return window.workspaces().current(); }

    QTemporaryDir folder;
    Settings settings;
    ThemeControl theme;
    Window window;
};

} // namespace sextant::test
