// Drawing a page into a file: the real window, offscreen, with the bundled fonts, so that the picture is the
// same everywhere.
#include "app/composition.h"
#include "app/gui.h"

#include "ui/shell/gallery.h"
#include "ui/shell/palette.h"
#include "ui/shell/status_line.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleHints>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <deque>

namespace sextant {

namespace {

constexpr int kTickMs = 20;
constexpr int kCalmTicks = 4; // at rest for so long before a picture is taken
constexpr qint64 kPatienceMs = 120'000;
constexpr const char* kPages[] = {"empty", "runs", "run", "compare", "palette", "shortcuts", "components"};

/// Does one step after the other, each when the window has come to rest, then ends the event loop.
class Photographer final : public QObject
{
public:
    explicit Photographer(Window& window) : m_window(window)
    {
        m_timer.setInterval(kTickMs);
        connect(&m_timer, &QTimer::timeout, this, &Photographer::onTick);
        connect(&m_window.session(), &Session::problem, this, [this](const Error& error) { end(error); });
    }

    void then(std::function<void()> step) { m_steps.push_back(std::move(step)); }
    void start()
    {
        m_clock.start();
        m_timer.start();
    }
    const std::optional<Error>& error() const { return m_error; }

    void end(std::optional<Error> error)
    {
        m_error = std::move(error);
        m_timer.stop();
        QCoreApplication::exit(0);
    }

private:
    void onTick()
    {
        if (m_clock.elapsed() > kPatienceMs)
            return end(Error{ErrorCode::Io, "The page did not come to rest", "Try a smaller store", {}, {}});
        m_calm = m_window.settled() ? m_calm + 1 : 0;
        if (m_calm < kCalmTicks)
            return;
        m_calm = 0;
        if (m_steps.empty())
            return end({});
        auto step = std::move(m_steps.front());
        m_steps.pop_front();
        step();
    }

    Window& m_window;
    QTimer m_timer;
    QElapsedTimer m_clock;
    std::deque<std::function<void()>> m_steps;
    int m_calm = 0;
    std::optional<Error> m_error;
};

/// Qt remarks on what the offscreen drawing lacks; only what is wrong is said.
void onMessage(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::fprintf(stderr, "sextant: %s\n", qUtf8Printable(message));
}

Result<void> save(QWidget& widget, const std::string& file)
{
    const QString name = QString::fromStdString(file);
    QPixmap picture = widget.grab();
    QPainter painter(&picture);
    for (QWidget* popup : QApplication::topLevelWidgets()) {
        if (popup != &widget && popup->isVisible() && (popup->windowFlags() & Qt::Popup) == Qt::Popup)
            painter.drawPixmap(widget.mapFromGlobal(popup->pos()), popup->grab());
    }
    painter.end();
    if (!picture.save(name, "PNG"))
        return fail(ErrorCode::Io, "The picture could not be written to " + file,
                    "Choose a folder that you may write to");
    return {};
}

/// The run that was named, else the one that the list shows first.
QString chosenRun(const Window& window, const std::string& subject)
{
    const RunTablePtr table = const_cast<Window&>(window).session().table();
    if (!subject.empty() || !table || table->size() == 0)
        return QString::fromStdString(subject);
    const auto order = table->newestFirst();
    const auto active = std::find_if(
        order.begin(), order.end(), [&](RowIndex row) { return table->lifecycle(row) == Lifecycle::Active; });
    return QString::fromStdString(std::string(table->runId(active == order.end() ? order.front() : *active)));
}

void typeText(Window& window, const QString& text)
{
    QWidget* target = QApplication::activePopupWidget() ? QApplication::activePopupWidget()->focusWidget()
                                                        : window.focusWidget();
    for (const QChar character : text) {
        if (!target)
            return;
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString(character));
        QCoreApplication::sendEvent(target, &press);
    }
}

void addActions(Photographer& photographer, Window& window, const cli::ScreenshotRequest& request)
{
    for (const std::string& id : request.actions) {
        photographer.then([&window, &photographer, id] {
            if (QAction* action = window.actions().find(QString::fromStdString(id)))
                action->trigger();
            else
                photographer.end(Error{ErrorCode::InvalidArgument,
                                       "There is no action " + id,
                                       "Say its id: runs.columns, run.artifacts",
                                       {},
                                       {}});
        });
    }
    if (!request.typed.empty())
        photographer.then(
            [&window, text = QString::fromStdString(request.typed)] { typeText(window, text); });
}

void addSteps(Photographer& photographer, Window& window, const cli::ScreenshotRequest& request)
{
    const bool needsStore =
        request.page != "empty" && (request.page != "shortcuts" || !request.storeUri.empty());
    const QString store = request.storeUri.empty() ? demoStore() : QString::fromStdString(request.storeUri);
    if (needsStore)
        photographer.then([&window, store] { window.openStore(store); });
    if (!request.stateFile.empty())
        photographer.then([&window, file = QString::fromStdString(request.stateFile)] {
            if (auto workspace = WorkspaceStore::load(file))
                window.workspaces().reset(*workspace);
        });
    if (request.page == "run")
        photographer.then(
            [&window, &request] { window.navigate("run", chosenRun(window, request.subject)); });
    if (request.page == "compare")
        photographer.then([&window] { window.navigate(QStringLiteral("compare")); });
    if (request.page == "palette")
        photographer.then([&window] { window.palette().openWith(QStringLiteral("acc"), {}); });
    if (request.page == "shortcuts")
        photographer.then([&window] { window.actions().find("help.keys")->trigger(); });
    addActions(photographer, window, request);
}

Result<void> drawWindow(const cli::ScreenshotRequest& request, ThemeControl& theme, const QString& file)
{
    QTemporaryDir folder;
    Settings settings(folder.path());
    Window window({settings, theme, storeOpener(), demoStore(), false});
    addPages(window);
    window.finish();
    window.resize(request.width, request.height);
    window.statusLine().setShowsTime(false);
    window.session().setFollowing(false);
    window.show();

    Photographer photographer(window);
    addSteps(photographer, window, request);
    Result<void> saved;
    photographer.then(
        [&] { saved = save(window, file.toStdString()); }); // in the loop: leaving it closes popups
    photographer.start();
    QApplication::exec();
    if (photographer.error())
        return tl::unexpected(*photographer.error());
    return saved;
}

} // namespace

Result<void> takeScreenshot(const cli::ScreenshotRequest& request)
{
    if (std::none_of(std::begin(kPages), std::end(kPages),
                     [&](const char* page) { return request.page == page; }))
        return fail(ErrorCode::InvalidArgument, "There is no page " + request.page,
                    "Pages: empty, runs, run, compare, palette, shortcuts, components");
    if (!request.stateFile.empty() && !WorkspaceStore::load(QString::fromStdString(request.stateFile)))
        return fail(ErrorCode::InvalidArgument, "The saved view " + request.stateFile + " can't be read",
                    "Name a JSON file with a saved view");
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_SCALE_FACTOR", QByteArray::number(request.scale));
    qInstallMessageHandler(onMessage);
    int argumentCount = 1;
    char name[] = "sextant";
    char* arguments[] = {name, nullptr};
    QApplication application(argumentCount, arguments);
    describeApplication();
    QApplication::setCursorFlashTime(0);
    ThemeControl theme(request.theme == "dark" ? ThemeControl::Choice::Dark : ThemeControl::Choice::Light,
                       Theme::Families::bundled());
    const QString file = QFileInfo(QString::fromStdString(request.file)).absoluteFilePath();
    if (request.page == "components") {
        Gallery gallery;
        gallery.resize(request.width, request.height);
        gallery.show();
        return save(gallery, file.toStdString());
    }
    return drawWindow(request, theme, file);
}

} // namespace sextant
