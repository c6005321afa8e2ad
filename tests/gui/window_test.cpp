// The window, driven offscreen by action id: opening, failing, palette, keys, themes, names for screen
// readers, and that the GUI thread is never busy for long.
#include "tests/gui/generated_store.h"
#include "tests/gui/widget_walk.h"
#include "ui/shell/gallery.h"
#include "ui/shell/overlay.h"
#include "ui/shell/palette.h"
#include "ui/shell/sheets.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_panel.h"

#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace sextant;
using sextant::test::StoreControl;
using sextant::test::unnamed;

namespace {

/// A page as simple as pages get.
class CountPage final : public Page
{
public:
    explicit CountPage(PageContext context) : m_context(std::move(context))
    {
        m_inspector = new QLabel("inspector");
        connect(&m_context.session, &Session::tableChanged, this, [this] { emit statusChanged(); });
        m_context.actions.add(
            this, {"count.hide", "Hide run", {}, "eye-off", {QKeySequence(Qt::Key_H)}, "Runs"}, [this] {
                Workspace next = m_context.workspaces.current();
                next.filter += "x";
                m_context.workspaces.change("hide run", next);
            });
    }
    QString id() const override { return "count"; }
    QString title() const override { return "Runs"; }
    QString icon() const override { return "flask-conical"; }
    QWidget* inspector() override { return m_inspector; }
    void open(const QString& subject) override { opened << subject; }
    QStringList status() const override
    {
        return {m_context.session.table() ? QString::number(m_context.session.table()->size()) + " runs"
                                          : QString()};
    }
    std::vector<PaletteEntry> paletteEntries(const QString& text, int limit) override
    {
        std::vector<PaletteEntry> entries;
        for (int i = 0; i < limit; ++i)
            entries.push_back({"@", "flask-conical", "muon-" + QString::number(i) + text, "detail",
                               "2 hours ago", [this, i] { opened << "run" + QString::number(i); }});
        entries.push_back(
            {":", "columns-3", "val/loss", "9 runs", "show column", [this] { opened << "column"; }});
        return entries;
    }

    QStringList opened;

private:
    PageContext m_context;
    QLabel* m_inspector;
};

/// Everything a window needs, in a folder of its own.
struct Bench
{
    explicit Bench(const QString& demo = {})
        : settings(folder.path()), theme(ThemeControl::Choice::Light, Theme::Families::bundled()),
          window({settings, theme, test::opener(control), demo, true})
    {
        page = new CountPage(window.context());
        window.addPage(page);
        window.finish();
        window.resize(1200, 800);
        window.show();
        (void)QTest::qWaitForWindowActive(&window);
    }
    QAction* action(const char* id) { return window.actions().find(id); }
    template <class T>
    T* part()
    {
        return window.findChild<T*>();
    }

    QTemporaryDir folder;
    std::shared_ptr<StoreControl> control = std::make_shared<StoreControl>();
    Settings settings;
    ThemeControl theme;
    Window window;
    CountPage* page = nullptr;
};

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT
private slots:
    void beginsWithTheStartPage();
    void opensAStore();
    void saysWhatFailed();
    void failureInViewShowsABanner();
    void aBrokenLinkIsSaidWithoutAStore();
    void keysDoNotClash();
    void undoFollowsTheWorkspace();
    void paletteRunsActions();
    void palettePrefixes();
    void paletteEndsWithEscape();
    void keySheetListsEveryKey();
    void warningsAreListed();
    void inspectorIsRemembered();
    void themeIsRemembered();
    void unlocksAfterConsent();
    void dropsOpenStores();
    void everyControlHasAName();
    void drawsInBothThemes();
    void guiThreadStaysFree();
};

void WindowTest::beginsWithTheStartPage()
{
    Bench bench("/demo/mlflow.db");
    QVERIFY(bench.part<StartPage>()->isVisible());
    QVERIFY(!bench.page->isVisible());
    QVERIFY(!bench.action("store.refresh")->isEnabled());
    QVERIFY(bench.action("store.refresh")->toolTip().contains("No store is open"));
    bench.action("store.demo")->trigger();
    QTRY_VERIFY(bench.page->isVisible());
    QCOMPARE(bench.window.session().info().path, std::string("/demo/mlflow.db"));
}

void WindowTest::opensAStore()
{
    Bench bench;
    bench.window.openStore("/data/mlflow.db");
    QTRY_VERIFY(bench.window.settled());
    QVERIFY(bench.page->isVisible());
    QVERIFY(bench.window.windowTitle().contains("mlflow.db"));
    QCOMPARE(bench.page->status(), QStringList{"1000 runs"});
    QCOMPARE(bench.settings.recentStores().at(0).name, QString("mlflow.db"));
    bench.action("store.close")->trigger();
    QVERIFY(bench.part<StartPage>()->isVisible());
}

void WindowTest::saysWhatFailed()
{
    Bench bench;
    bench.window.openStore("/nothing");
    auto* state = bench.part<StatePanel>();
    QTRY_COMPARE(state->accessibleName(), QString("This is not an MLflow store"));
    QVERIFY(state->isVisible());
    QCOMPARE(state->accessibleDescription(), QString("Choose mlflow.db or an mlruns folder"));
}

void WindowTest::failureInViewShowsABanner()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    bench.control->failing = true;
    bench.window.session().refresh(true);
    QTRY_VERIFY(bench.part<Banner>()->isVisible());
    QVERIFY(bench.page->isVisible());
}

void WindowTest::aBrokenLinkIsSaidWithoutAStore()
{
    Bench bench;
    auto* banner = bench.part<Banner>();
    QVERIFY(!banner->isVisible());
    bench.window.openStore(QStringLiteral("sextant://view?store=/nowhere/mlflow.db&data=AAAA"));
    QVERIFY(banner->isVisible());
    QVERIFY(!banner->accessibleName().isEmpty());
}

void WindowTest::keysDoNotClash()
{
    Bench bench;
    QHash<QString, QString> owners;
    for (QAction* action : bench.window.actions().all())
        for (const QKeySequence& keys : action->shortcuts()) {
            const QString name = keys.toString();
            QVERIFY2(!owners.contains(name),
                     qPrintable(name + ": " + owners.value(name) + ", " + action->objectName()));
            owners.insert(name, action->objectName());
        }
    QVERIFY(owners.size() > 10);
    for (QAction* action : bench.window.actions().all()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->text().endsWith('.'), qPrintable(action->text()));
    }
}

void WindowTest::undoFollowsTheWorkspace()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    bench.page->setFocus();
    QVERIFY(!bench.action("edit.undo")->isEnabled());
    QTest::keyClick(&bench.window, Qt::Key_H);
    QTRY_VERIFY(bench.action("edit.undo")->isEnabled());
    QCOMPARE(bench.action("edit.undo")->text(), QString("Undo: hide run"));
    QTest::keyClick(&bench.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.window.workspaces().current().filter, std::string());
    QVERIFY(bench.action("edit.redo")->isEnabled());
}

void WindowTest::paletteRunsActions()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    QTest::keyClick(&bench.window, Qt::Key_K, Qt::ControlModifier);
    CommandPalette& palette = bench.window.palette();
    QAbstractItemModelTester tester(const_cast<PaletteModel*>(&palette.model()));
    QTRY_VERIFY(palette.isVisible());
    QTest::keyClicks(QApplication::focusWidget(), "hide");
    QCOMPARE(palette.query(), QString("hide"));
    QCOMPARE(palette.model().row(palette.model().nextEntry(0, 1)).title, QString("Hide run"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QVERIFY(!palette.isVisible());
    QCOMPARE(bench.window.workspaces().current().filter, std::string("x"));
    QVERIFY(bench.settings.recentActions().contains("count.hide"));
}

void WindowTest::palettePrefixes()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    CommandPalette& palette = bench.window.palette();
    const auto titles = [&] {
        QStringList sections;
        for (int row = 0; row < palette.model().rowCount(); ++row)
            if (palette.model().row(row).isSection)
                sections << palette.model().row(row).title;
        return sections;
    };
    palette.openWith("> theme", {});
    QCOMPARE(titles(), QStringList{"Actions"});
    QCOMPARE(palette.model().matches(), 3);
    palette.openWith("@muon", {});
    QCOMPARE(titles(), QStringList{"Runs"});
    palette.openWith(":loss", {});
    QCOMPARE(titles(), QStringList{"Columns"});
    palette.openWith("?", {});
    QCOMPARE(titles(), QStringList{"Keys"});
    palette.openWith("#nothing", {});
    QCOMPARE(palette.model().rowCount(), 0);
    palette.openWith("muon", {});
    QVERIFY(titles().contains("Runs"));
    palette.openWith("", {"theme.dark"});
    QCOMPARE(palette.model().row(palette.model().nextEntry(0, 1)).title, QString("Theme: dark"));
    palette.openWith("@x", {});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(bench.page->opened.last(), QString("run1"));
}

void WindowTest::paletteEndsWithEscape()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    bench.page->setFocusPolicy(Qt::StrongFocus);
    bench.page->setFocus();
    bench.action("palette.open")->trigger();
    QTRY_VERIFY(bench.window.palette().isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!bench.window.palette().isVisible());
    QCOMPARE(QApplication::focusWidget(), bench.page);
}

void WindowTest::keySheetListsEveryKey()
{
    Bench bench;
    QTest::keyClick(&bench.window, Qt::Key_F1);
    auto* sheet = bench.part<KeySheet>();
    QTRY_VERIFY(sheet->isVisible());
    QString spoken;
    for (QWidget* widget : sheet->findChildren<QWidget*>())
        spoken += widget->accessibleDescription();
    for (QAction* action : bench.window.actions().all())
        if (!action->shortcuts().isEmpty())
            QVERIFY2(spoken.contains(bench.window.actions().spec(action).text), qPrintable(action->text()));
}

void WindowTest::warningsAreListed()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    bench.action("store.warnings")->trigger();
    auto* sheet = bench.part<WarningSheet>();
    QTRY_VERIFY(sheet->isVisible());
    auto* list = sheet->findChild<QAbstractItemView*>();
    QCOMPARE(list->model()->rowCount(), 1);
    QCOMPARE(list->model()->index(0, 0).data().toString(), QString("A line was torn"));
}

void WindowTest::inspectorIsRemembered()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    QVERIFY(bench.page->inspector()->isVisible());
    bench.action("view.inspector")->trigger();
    QVERIFY(!bench.page->inspector()->isVisible());
    QVERIFY(!bench.settings.inspectorShown());
}

void WindowTest::themeIsRemembered()
{
    Bench bench;
    bench.action("theme.dark")->trigger();
    QVERIFY(Theme::current().isDark());
    QCOMPARE(bench.settings.theme(), ThemeControl::Choice::Dark);
    bench.action("theme.light")->trigger();
    QVERIFY(!Theme::current().isDark());
}

void WindowTest::unlocksAfterConsent()
{
    Bench bench;
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    bench.action("store.unlock")->trigger();
    QAbstractButton* unlock = nullptr;
    for (QWidget* top : QApplication::topLevelWidgets())
        for (auto* button : top->findChildren<QAbstractButton*>())
            if (button->text().startsWith("Unlock "))
                unlock = button;
    QVERIFY(unlock);
    QVERIFY(!bench.control->unlocked);
    unlock->click();
    QTRY_VERIFY(bench.window.session().unlocked());
    QVERIFY(bench.control->unlocked);
}

void WindowTest::dropsOpenStores()
{
    Bench bench;
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile("/data/with space ö.db")});
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&bench.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&bench.window, &drop);
    QTRY_COMPARE(bench.window.session().info().path, std::string("/data/with space ö.db"));
}

void WindowTest::everyControlHasAName()
{
    Bench bench("/demo.db");
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    QCOMPARE(unnamed(bench.window).join("; "), QString());
    Gallery gallery;
    QCOMPARE(unnamed(gallery).join("; "), QString());
}

void WindowTest::drawsInBothThemes()
{
    // SEXTANT_PICTURES=FOLDER keeps the drawings for the eye.
    const QString folder = qEnvironmentVariable("SEXTANT_PICTURES");
    const auto draw = [&folder](QWidget& widget, const char* name) {
        const QImage image = widget.grab().toImage();
        if (!folder.isEmpty())
            image.save(folder + '/' + name + ".png");
        return image;
    };
    Bench bench("/demo/mlflow.db");
    bench.window.resize(1440, 900);
    Gallery gallery;
    gallery.resize(1440, 900);
    gallery.show();
    (void)QTest::qWaitForWindowExposed(&gallery);
    const QImage light = draw(gallery, "components-light");
    const QImage window = draw(bench.window, "empty-light");
    bench.action("theme.dark")->trigger();
    // Palettes reach the widgets with the next turn of the event loop.
    QTRY_COMPARE(gallery.palette().color(QPalette::Base), Theme::current().color("bg.1"));
    QVERIFY(draw(gallery, "components-dark") != light);
    const QImage dark = draw(bench.window, "empty-dark");
    QVERIFY(dark != window);
    QCOMPARE(dark.pixelColor(4, 4), Theme::current().color("bg.2"));
    bench.window.openStore("/a.db");
    QTRY_VERIFY(bench.window.settled());
    bench.window.palette().openWith("muon", {});
    draw(bench.window, "palette-dark");
    bench.window.palette().close();
    bench.action("theme.light")->trigger();
    QTRY_COMPARE(gallery.palette().color(QPalette::Base), Theme::current().color("bg.1"));
    bench.action("help.keys")->trigger();
    draw(bench.window, "keys-light");
    bench.part<KeySheet>()->close();
    bench.action("store.warnings")->trigger();
    draw(bench.window, "warnings-light");
    bench.part<WarningSheet>()->close();
    bench.action("help.about")->trigger();
    draw(bench.window, "about-light");
}

void WindowTest::guiThreadStaysFree()
{
    Bench bench;
    bench.control->runs = 100'000;
    bench.control->metrics = 10;
    // Only what this thread computes counts; other threads and other programs of the machine do not.
    const auto threadTime = [] {
        timespec time;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
    };
    qint64 longest = 0, before = threadTime();
    QTimer heart;
    heart.setInterval(0);
    connect(&heart, &QTimer::timeout, this, [&] {
        const qint64 now = threadTime();
        longest = std::max(longest, now - before);
        before = now;
    });
    heart.start();
    bench.window.openStore("/big.db");
    QTRY_VERIFY_WITH_TIMEOUT(bench.window.session().table() && bench.window.session().table()->complete(),
                             60'000);
    QTRY_VERIFY(bench.window.settled());
    heart.stop();
    QVERIFY2(longest <= 50, qPrintable(QString("%1 ms").arg(longest)));
}

QTEST_MAIN(WindowTest)
#include "window_test.moc"
