// What many charts that change at once cost: the time of a turn shared among them, and no line drawn twice
// because the mouse moves.
#include "tests/gui/charts_data.h"
#include "ui/charts/line_canvas.h"
#include "ui/charts/line_picture.h"
#include "ui/charts/paint_turn.h"
#include "ui/theme/theme_control.h"

#include <QSignalSpy>
#include <QTest>

namespace sextant {
namespace {

using namespace test;

/// Draws so many bits, one at each look at the clock.
struct Drawer final : PaintTurn::Member
{
    explicit Drawer(int bits) : left(bits) {}
    bool drawUntil(QDeadlineTimer deadline) override
    {
        ++turns;
        lastTurn = ++s_turns;
        do
            --left;
        while (left > 0 && !deadline.hasExpired());
        return left <= 0;
    }
    int left, turns = 0, lastTurn = 0;
    static inline int s_turns = 0; // of all
};

constexpr int kNoMs = 0, kManyMs = 60'000; // ms

} // namespace

class ChartsTurnTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void allDrawWhileThereIsTime();
    void oneBitATurnWithoutTime();
    void whoLeavesIsNotDrawn();
    void whoWaitsKeepsItsPlace();
    void anotherStressedRunIsOneLine();
    void stressShowsBeforeTheOthersFade();
    void hoveringDrawsNoPictureAnew();
    void takenPicturesAreWhole();
    void shownPicturesComeToAnEnd();

private:
    std::unique_ptr<ThemeControl> m_theme;
};

void ChartsTurnTest::allDrawWhileThereIsTime()
{
    PaintTurn turn(kManyMs);
    Drawer drawers[] = {Drawer(40), Drawer(40), Drawer(40)};
    for (Drawer& drawer : drawers) {
        turn.ask(drawer);
        QCOMPARE(drawer.left, 0);
        QCOMPARE(drawer.turns, 1);
    }
    QCOMPARE(turn.waiting(), 0U);
}

void ChartsTurnTest::oneBitATurnWithoutTime()
{
    PaintTurn turn(kNoMs);
    Drawer drawers[] = {Drawer(3), Drawer(2), Drawer(1)};
    for (Drawer& drawer : drawers)
        turn.ask(drawer);
    QCOMPARE(drawers[0].left, 2); // the first at once, the others not in this turn
    QCOMPARE(drawers[1].turns + drawers[2].turns, 0);
    QCOMPARE(turn.waiting(), 3U);
    int most = 0, before = 1;
    const auto all = [&] { return drawers[0].turns + drawers[1].turns + drawers[2].turns; };
    QTimer heart; // a turn of the event loop each
    connect(&heart, &QTimer::timeout, this,
            [&] { most = std::max(most, all() - std::exchange(before, all())); });
    heart.start(0);
    QTRY_COMPARE(turn.waiting(), 0U);
    QCOMPARE(all(), 6);
    QVERIFY(most <= 1);
    for (const Drawer& drawer : drawers)
        QCOMPARE(drawer.left, 0);
}

void ChartsTurnTest::whoLeavesIsNotDrawn()
{
    PaintTurn turn(kNoMs);
    Drawer first(2), gone(1), last(1);
    for (Drawer* drawer : {&first, &gone, &last})
        turn.ask(*drawer);
    turn.leave(gone);
    QTRY_COMPARE(turn.waiting(), 0U);
    QCOMPARE(gone.turns, 0);
    QCOMPARE(last.left, 0);
}

void ChartsTurnTest::whoWaitsKeepsItsPlace()
{
    PaintTurn turn(kNoMs);
    Drawer first(5), second(1);
    turn.ask(first);
    turn.ask(second);
    turn.leave(first); // begins anew
    turn.ask(first);
    turn.ask(second);
    QCOMPARE(turn.waiting(), 2U);
    QTRY_COMPARE(turn.waiting(), 0U);
    QCOMPARE(first.turns, 5);
    QVERIFY(second.lastTurn < first.lastTurn - 3); // all but the first bit came after it
}

namespace {

LinePicture pictureOf(const std::vector<LineSeries>& series, const QString& run)
{
    LinePicture picture;
    picture.start({series, {}, {}, {}, run, {500, 300}, 1}, Theme::current());
    picture.advance(Theme::current(), QDeadlineTimer(QDeadlineTimer::Forever));
    return picture;
}

} // namespace

void ChartsTurnTest::anotherStressedRunIsOneLine()
{
    const auto series = lossSeries(30, 2'000);
    LinePicture picture = pictureOf(series, {});
    const QImage plain = picture.image();
    picture.stress(QStringLiteral("run3"), Theme::current());
    QVERIFY(!picture.finished()); // all others fade, once
    int slices = 1;
    while (!picture.advance(Theme::current(), QDeadlineTimer(0)))
        ++slices;
    QCOMPARE(slices, 30);
    QCOMPARE(picture.image(), pictureOf(series, QStringLiteral("run3")).image());
    for (const char* run : {"run7", "run29", "run3"}) {
        picture.stress(QLatin1String(run), Theme::current());
        QVERIFY(picture.finished()); // nothing but the run was left to draw
        QCOMPARE(picture.image(), pictureOf(series, QLatin1String(run)).image());
    }
    picture.stress({}, Theme::current());
    QVERIFY(picture.finished());
    QCOMPARE(picture.image(), plain);
    picture.stress(QStringLiteral("of another chart"), Theme::current());
    QVERIFY(picture.finished());
    QCOMPARE(picture.image(), plain);
}

void ChartsTurnTest::stressShowsBeforeTheOthersFade()
{
    auto series = lossSeries(12, 500);
    for (std::size_t index = 0; index < series.size(); ++index)
        series[index] = makeSeries(static_cast<int>(index), QStringLiteral("flat"),
                                   makeHistory(std::vector<double>(50, double(index))));
    LinePicture picture = pictureOf(series, {});
    const auto colorOf = [&](int run) {
        const PlotFrame& frame = picture.frame();
        return picture.image().pixelColor(frame.plot.center().x(), qRound(frame.y.toPixel(run)));
    };
    const QColor thin = colorOf(5), other = colorOf(8);
    picture.stress(QStringLiteral("run5"), Theme::current());
    picture.advance(Theme::current(), QDeadlineTimer(0));
    QVERIFY(!picture.finished());
    QCOMPARE(colorOf(5), series[5].color);
    QCOMPARE(colorOf(8), other);
    QVERIFY(thin.isValid());
    picture.advance(Theme::current(), QDeadlineTimer(QDeadlineTimer::Forever));
    QCOMPARE(colorOf(5), series[5].color);
    QVERIFY(colorOf(8) != other);
}

void ChartsTurnTest::hoveringDrawsNoPictureAnew()
{
    QWidget window;
    window.resize(700, 420);
    LineCanvas canvas(&window);
    canvas.setGeometry(20, 20, 640, 380);
    canvas.setSeries(lossSeries(8, 1'000));
    window.show();
    QSignalSpy drawn(&canvas, &LineCanvas::pictureFinished);
    QTRY_COMPARE(drawn.count(), 1);
    for (int run : {2, 5, 7}) {
        canvas.setHoveredRun(QStringLiteral("run%1").arg(run));
        canvas.setCrosshair(10'000.0 * run);
        (void)canvas.grab();
    }
    canvas.setHoveredRun({});
    (void)canvas.grab();
    QCOMPARE(drawn.count(), 1);
    canvas.resetZoom();
    canvas.setVisibleWindow({AxisRange{20'000, 40'000}, {}});
    QTRY_COMPARE(drawn.count(), 2);
}

void ChartsTurnTest::takenPicturesAreWhole()
{
    QWidget window;
    window.resize(700, 800);
    std::vector<LineCanvas*> canvases;
    for (int row = 0; row < 4; ++row) {
        auto* canvas = new LineCanvas(&window);
        canvas->setGeometry(0, 200 * row, 700, 200);
        canvas->setSeries(lossSeries(40, 3'000));
        canvases.push_back(canvas);
    }
    // Neither a window that was never shown nor one that had no turn of the event loop since the change.
    for (bool shown : {false, true}) {
        window.setVisible(shown);
        for (double from : {20'000.0, 50'000.0}) {
            for (LineCanvas* canvas : canvases)
                canvas->setVisibleWindow({AxisRange{from, from + 10'000}, {}});
            const QImage all = window.grab().toImage();
            for (LineCanvas* canvas : canvases)
                QCOMPARE(all.copy(canvas->geometry()).convertToFormat(QImage::Format_RGB32),
                         canvas->render(canvas->size(), 1));
        }
    }
}

void ChartsTurnTest::shownPicturesComeToAnEnd()
{
    QWidget window;
    window.resize(700, 800);
    std::vector<std::unique_ptr<QSignalSpy>> drawn;
    std::vector<LineCanvas*> canvases;
    for (int row = 0; row < 8; ++row) {
        auto* canvas = new LineCanvas(&window);
        canvas->setGeometry(0, 100 * row, 700, 100);
        canvas->setSeries(lossSeries(60, 2'000));
        drawn.push_back(std::make_unique<QSignalSpy>(canvas, &LineCanvas::pictureFinished));
        canvases.push_back(canvas);
    }
    window.show();
    for (const auto& spy : drawn)
        QTRY_COMPARE(spy->count(), 1);
    delete canvases[3]; // while it waits
    for (LineCanvas* canvas : {canvases[0], canvases[5]})
        canvas->setVisibleWindow({AxisRange{20'000, 30'000}, {}});
    QTRY_COMPARE(drawn[0]->count(), 2);
    QTRY_COMPARE(drawn[5]->count(), 2);
    QTRY_COMPARE(PaintTurn::ofApplication().waiting(), 0U);
    QCOMPARE(drawn[6]->count(), 1);
}

} // namespace sextant

QTEST_MAIN(sextant::ChartsTurnTest)
#include "charts_turn_test.moc"
