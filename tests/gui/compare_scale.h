// Comparing all runs of a store of long histories in the real window: what it takes until the first panel is
// there, how long the window's thread is held up by scrolling and zooming, what stays in memory. For the
// bench and, smaller, for a test.
#pragma once

#include "tests/bench/long_store.h"
#include "tests/bench/measure.h"
#include "tests/gui/real_window.h"
#include "tests/gui/watchdog.h"
#include "ui/charts/history_cache.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/curve_panel.h"
#include "ui/compare/curves_grid.h"
#include "ui/compare/curves_tab.h"

#include <QElapsedTimer>
#include <QScrollBar>
#include <QWheelEvent>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace sextant::test {

class CompareScale
{
public:
    static constexpr int kPatienceMs = 600'000;

    CompareScale(const QString& store, bench::LongStoreSize size) : m_size(size)
    {
        m_real.window.resize(1440, 900);
        m_real.window.openStore(store);
        m_opened = rest() && m_real.window.session().table() && rest();
        Workspace workspace = m_real.workspace();
        workspace.compare.source = CompareView::Source::Filter;
        workspace.compare.filter = "attributes.status = 'FINISHED'";
        m_real.window.workspaces().change(QStringLiteral("compare"), workspace);
        m_opened = m_opened && rest();
    }

    struct First
    {
        double ms = 0;     // of processors, by all threads
        double bytes = 0;  // read by then, since the page was asked for
        double points = 0; // in memory by then
    };
    /// Shows the page; until its first panel holds every point of every run and is drawn.
    std::optional<First> showFirstPanel()
    {
        if (!m_opened)
            return std::nullopt;
        m_memoryBefore = memoryNow();
        First first;
        const double bytesBefore = bytesRead();
        const double before = processMs();
        m_real.action(QStringLiteral("page.compare"))->trigger();
        const bool shown = QTest::qWaitFor([this] { return isDrawn(); }, kPatienceMs);
        first.ms = processMs() - before;
        first.bytes = bytesRead() - bytesBefore;
        first.points = static_cast<double>(histories().bytes()) / kPointBytes;
        return shown ? std::optional(first) : std::nullopt;
    }
    std::size_t pointsOfPanel() const { return std::size_t(m_size.runs) * std::size_t(m_size.points); }

    bool rest()
    {
        return QTest::qWaitFor([this] { return m_real.window.settled(); }, kPatienceMs);
    }

    /// From the top to the bottom and back, in steps, without waiting for what comes into sight. The longest
    /// slice in ms.
    double scroll()
    {
        auto* bar = grid().verticalScrollBar();
        Watchdog watchdog;
        for (int step = 1; step <= 2 * kSteps; ++step) {
            bar->setValue(bar->maximum() * (step <= kSteps ? step : 2 * kSteps - step) / kSteps);
            turn(watchdog);
        }
        turn(watchdog, 200); // what the last place reads and draws
        (void)rest();
        return watchdog.longestMs();
    }

    /// Into the first panel and out again by the wheel; all panels in sight follow.
    double zoom()
    {
        Watchdog watchdog;
        LineCanvas& canvas = grid().panelsInSight().front()->canvas();
        for (int step = 0; step < 12; ++step) {
            const QPointF place = canvas.rect().center();
            QWheelEvent wheel(place, canvas.mapToGlobal(place), {}, {0, step < 6 ? 240 : -240}, Qt::NoButton,
                              Qt::ControlModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&canvas, &wheel);
            turn(watchdog, 20);
        }
        canvas.resetZoom();
        (void)rest();
        return watchdog.longestMs();
    }

    /// Over the first panel: crosshairs in all panels, one run stressed in all.
    double hover()
    {
        Watchdog watchdog;
        LineCanvas& canvas = grid().panelsInSight().front()->canvas();
        for (int step = 1; step < 20; ++step) {
            QTest::mouseMove(&canvas, QPoint(canvas.width() * step / 20, canvas.height() / 2));
            turn(watchdog);
        }
        QTest::mouseMove(&m_real.window, QPoint(2, 2));
        (void)rest();
        return watchdog.longestMs();
    }

    struct Memory
    {
        double more = 0; // than before the page was shown
        double raw = 0;  // of the points in sight
        double kept = 0; // by the cache, in sight or not
    };
    Memory memory()
    {
        return {memoryNow() - m_memoryBefore, static_cast<double>(grid().points()) * kPointBytes,
                static_cast<double>(histories().bytes())};
    }

    /// Groups runs and draws means with bands along `axis`; the wall time until the first panel shows them,
    /// in ms.
    double showBands(XAxis axis, BandKind kind)
    {
        QElapsedTimer clock;
        clock.start();
        page().controller().change(QStringLiteral("bands"), [&](CompareView& view) {
            view.grouping = {};
            view.settings.xAxis = static_cast<int>(axis);
            view.settings.band = static_cast<int>(kind);
        });
        auto shown = [&] {
            auto panels = grid().panelsInSight();
            if (panels.empty() || panels.front()->chart().busy())
                return false;
            const auto& series = panels.front()->canvas().series();
            return !series.empty() && series.front().band && series.front().curve->axis() == axis;
        };
        if (!QTest::qWaitFor(shown, kPatienceMs))
            return std::numeric_limits<double>::infinity();
        return static_cast<double>(clock.nsecsElapsed()) / 1e6;
    }

    /// What the process has computed so far: other programs on the machine do not count.
    static double processMs()
    {
        timespec time;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    RealWindow& real() { return m_real; }
    ComparePage& page() { return *m_real.part<ComparePage>(); }
    CurvesGrid& grid() { return *m_real.part<CurvesGrid>(); }
    HistoryCache& histories() { return m_real.runs().histories(); }

private:
    static constexpr int kSteps = 40;
    static constexpr double kPointBytes = 24;

    bool isDrawn()
    {
        auto panels = grid().panelsInSight();
        return !panels.empty() && !panels.front()->chart().busy() &&
               panels.front()->chart().points() == pointsOfPanel();
    }
    void turn(Watchdog& watchdog, int turns = 4)
    {
        const int until = watchdog.turns() + turns;
        (void)QTest::qWaitFor([&] { return watchdog.turns() >= until; }, kPatienceMs);
    }
    static double memoryNow()
    {
#if defined(__GLIBC__)
        malloc_trim(0); // what is free is not in use
#endif
        return bench::memoryNow();
    }
    /// By read() and the like, from the disk or not.
    static double bytesRead()
    {
        std::ifstream file("/proc/self/io");
        for (std::string line; std::getline(file, line);)
            if (line.starts_with("rchar:"))
                return std::stod(line.substr(6));
        return 0;
    }

    bench::LongStoreSize m_size;
    RealWindow m_real;
    bool m_opened = false;
    double m_memoryBefore = 0;
};

} // namespace sextant::test
