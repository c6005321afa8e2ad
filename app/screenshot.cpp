// Drawing a page into a file: the real window, offscreen, with the bundled fonts, so that the picture is the
// same everywhere.
#include "app/composition.h"
#include "app/gui.h"

#include "ui/shell/gallery.h"
#include "ui/shell/palette.h"
#include "ui/shell/status_line.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMouseEvent>
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
constexpr const char* kPages[] = {"empty", "runs",    "run",       "compare",   "registry",
                                  "audit", "palette", "shortcuts", "components"};

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

/// Windows above this one from the lowest: dialogs, then menus and lists, each below what it opened.
std::vector<QWidget*> windowsAbove(const QWidget& window)
{
    const auto height = [](const QWidget* widget) {
        int ancestors = 0;
        for (const QObject* parent = widget->parent(); parent; parent = parent->parent())
            ++ancestors;
        return std::pair((widget->windowFlags() & Qt::Popup) == Qt::Popup, ancestors);
    };
    std::vector<QWidget*> above;
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget != &window && widget->isVisible())
            above.push_back(widget);
    std::sort(above.begin(), above.end(),
              [&](const QWidget* one, const QWidget* other) { return height(one) < height(other); });
    return above;
}

Result<void> save(QWidget& widget, const std::string& file)
{
    const QString name = QString::fromStdString(file);
    // First, for the window lets go of what it opened when it is drawn.
    std::vector<std::pair<QRect, QPixmap>> above;
    for (QWidget* other : windowsAbove(widget)) {
        const QRect place(widget.mapFromGlobal(other->mapToGlobal(QPoint())), other->size());
        QPixmap drawn = other->grab();
        if (qobject_cast<QDialog*>(other)) { // whose frame is the desktop's
            QPainter frame(&drawn);
            frame.setPen(Theme::of(other).color("border.control"));
            frame.drawRect(0, 0, place.width() - 1, place.height() - 1);
        }
        above.emplace_back(place, std::move(drawn));
    }
    QPixmap picture = widget.grab();
    QPainter painter(&picture);
    for (const auto& [place, drawn] : above)
        painter.drawPixmap(place.topLeft(), drawn);
    painter.end();
    if (!picture.save(name, "PNG"))
        return fail(ErrorCode::Io, "The picture could not be written to " + file,
                    "Choose a folder that you may write to");
    return {};
}

/// Offscreen, with a screen of the picture's size: menus stay inside of it.
Result<QByteArray> platformFor(const cli::ScreenshotRequest& request, const QTemporaryDir& folder)
{
    const QJsonObject screen{{"name", "picture"},
                             {"x", 0},
                             {"y", 0},
                             {"width", request.width * request.scale},
                             {"height", request.height * request.scale},
                             {"logicalDpi", 96},
                             {"logicalBaseDpi", 96},
                             {"dpr", 1}};
    QFile file(folder.filePath("screen.json"));
    const QByteArray text =
        QJsonDocument(QJsonObject{{"windowFrameMargins", false}, {"screens", QJsonArray{screen}}}).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return fail(ErrorCode::Io, "No file can be written into the folder for temporary files",
                    "Free some space");
    return QByteArray("offscreen:configfile=" + QFile::encodeName(file.fileName()));
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

/// Where keys go: to the list or menu that is open, else to the window in front.
QWidget* keyTarget(Window& window)
{
    QWidget* front = QApplication::activePopupWidget();
    if (!front)
        front = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &window;
    return front->focusWidget() ? front->focusWidget() : front;
}

void pressKey(Window& window, int key, Qt::KeyboardModifiers modifiers, const QString& text)
{
    QWidget* target = keyTarget(window);
    if (key == Qt::Key_Menu) {
        const QPoint place = target->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
        QContextMenuEvent wanted(QContextMenuEvent::Keyboard, place, target->mapToGlobal(place));
        QCoreApplication::sendEvent(target, &wanted);
        return;
    }
    QKeyEvent press(QEvent::KeyPress, key, modifiers, text);
    QCoreApplication::sendEvent(target, &press);
}

/// The control in sight whose name begins so; of the windows above, too.
QWidget* findControl(Window& window, const QString& name)
{
    std::vector<QWidget*> places = windowsAbove(window);
    std::reverse(places.begin(), places.end());
    places.push_back(&window);
    for (QWidget* place : places) {
        for (QWidget* control : place->findChildren<QWidget*>()) {
            const auto* button = qobject_cast<QAbstractButton*>(control);
            const auto says = [&](QString text) {
                return text.remove(u'&').startsWith(name, Qt::CaseInsensitive);
            };
            if (control->isVisible() && (says(control->accessibleName()) || (button && says(button->text()))))
                return control;
        }
    }
    return nullptr;
}

void pressControl(QWidget& control)
{
    control.setFocus(Qt::MouseFocusReason);
    if (qobject_cast<QAbstractScrollArea*>(&control))
        return; // keys choose what is in it
    const QPointF place = control.rect().center();
    for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        const auto held = type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton;
        QMouseEvent event(type, place, control.mapToGlobal(place), Qt::LeftButton, held, Qt::NoModifier);
        QCoreApplication::sendEvent(&control, &event);
    }
}

void addPresses(Photographer& photographer, Window& window, const cli::ScreenshotRequest& request)
{
    for (const std::string& name : request.presses) {
        photographer.then([&window, &photographer, name] {
            if (QAction* action = window.actions().find(QString::fromStdString(name)))
                action->trigger();
            else if (QWidget* control = findControl(window, QString::fromStdString(name)))
                pressControl(*control);
            else
                photographer.end(Error{ErrorCode::InvalidArgument,
                                       "There is no control " + name + " in sight",
                                       "Say what it says, or what its tooltip begins with",
                                       {},
                                       {}});
        });
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
    addPresses(photographer, window, request);
    if (!request.typed.empty()) {
        photographer.then([&window, text = QString::fromStdString(request.typed)] {
            for (const QChar character : text)
                pressKey(window, 0, Qt::NoModifier, QString(character));
        });
    }
    for (const QString& key :
         QString::fromStdString(request.keys).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        photographer.then([&window, &photographer, key = key.trimmed()] {
            const QKeySequence keys(key);
            if (keys.isEmpty() || keys[0].key() == Qt::Key_unknown)
                photographer.end(Error{ErrorCode::InvalidArgument,
                                       "There is no key " + key.toStdString(),
                                       "Say keys as menus do: Down, Ctrl+A, Menu",
                                       {},
                                       {}});
            else
                pressKey(window, keys[0].key(), keys[0].keyboardModifiers(), {});
        });
    }
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
    if (request.page == "compare" || request.page == "audit")
        photographer.then([&window, &request] { window.navigate(QString::fromStdString(request.page)); });
    if (request.page == "registry")
        photographer.then([&window, &request] {
            window.navigate(QStringLiteral("registry"), QString::fromStdString(request.subject));
        });
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
    window.setGeometry(0, 0, request.width, request.height);
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
                    "Pages: empty, runs, run, compare, registry, audit, palette, shortcuts, "
                    "components");
    if (!request.stateFile.empty() && !WorkspaceStore::load(QString::fromStdString(request.stateFile)))
        return fail(ErrorCode::InvalidArgument, "The saved view " + request.stateFile + " can't be read",
                    "Name a JSON file with a saved view");
    QTemporaryDir folder;
    SEXTANT_TRY(const QByteArray platform, platformFor(request, folder));
    qputenv("QT_QPA_PLATFORM", platform);
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
