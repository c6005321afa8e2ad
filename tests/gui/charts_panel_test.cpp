// The panel around the canvas: head, menu, settings, table.
#include "tests/gui/charts_data.h"
#include "ui/charts/line_panel.h"
#include "ui/charts/line_table.h"
#include "ui/theme/theme_control.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDir>
#include <QDoubleSpinBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace sextant {
namespace {

using namespace test;

QAction* actionOf(QMenu* menu, const QString& text)
{
    for (QAction* action : menu->actions()) {
        if (action->text() == text)
            return action;
        if (action->menu())
            if (QAction* found = actionOf(action->menu(), text))
                return found;
    }
    return nullptr;
}

class ChartsPanelTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_theme = std::make_unique<ThemeControl>(ThemeControl::Choice::Light, Theme::Families::bundled());
    }
    void menuChangesTheSettings();
    void settingsFromOutsideAreQuiet();
    void zoomBackShowsWhenZoomed();
    void everyControlHasAName();
    void tableHoldsTheVisiblePoints();
    void tableOfNothing();
    void copiesAnImage();
    void looks_data();
    void looks();

private:
    std::unique_ptr<ThemeControl> m_theme;
};

void ChartsPanelTest::menuChangesTheSettings()
{
    LinePanel panel(QStringLiteral("val/loss"));
    QSignalSpy changed(&panel, &LinePanel::settingsChanged);
    actionOf(panel.menu(), QStringLiteral("Logarithmic"))->trigger();
    actionOf(panel.menu(), QStringLiteral("Wall time"))->trigger();
    actionOf(panel.menu(), QStringLiteral("Gaussian"))->trigger();
    QCOMPARE(changed.count(), 3);
    QVERIFY(panel.settings().logY);
    QCOMPARE(panel.settings().xAxis, XAxis::WallTime);
    QCOMPARE(panel.settings().smoothing, (Smoothing{SmoothingKind::Gaussian, 3}));
    panel.findChild<QDoubleSpinBox*>()->setValue(7);
    QCOMPARE(panel.settings().smoothing.amount, 7.0);
    QVERIFY(panel.settings().request().smoothing == panel.settings().smoothing);
    actionOf(panel.menu(), QStringLiteral("None"))->trigger();
    QCOMPARE(panel.settings().smoothing.kind, SmoothingKind::None);
}

void ChartsPanelTest::settingsFromOutsideAreQuiet()
{
    LinePanel panel(QStringLiteral("val/loss"));
    QSignalSpy changed(&panel, &LinePanel::settingsChanged);
    LineSettings settings;
    settings.logY = true;
    settings.smoothing = {SmoothingKind::RunningMean, 21};
    panel.setSettings(settings);
    QCOMPARE(changed.count(), 0);
    QVERIFY(actionOf(panel.menu(), QStringLiteral("Logarithmic"))->isChecked());
    QVERIFY(actionOf(panel.menu(), QStringLiteral("Running mean"))->isChecked());
    QCOMPARE(panel.findChild<QDoubleSpinBox*>()->value(), 21.0);
}

void ChartsPanelTest::zoomBackShowsWhenZoomed()
{
    LinePanel panel(QStringLiteral("val/loss"));
    panel.setSeries(lossSeries(2, 100));
    panel.resize(500, 300);
    panel.show();
    QToolButton* back = nullptr;
    for (QToolButton* button : panel.findChildren<QToolButton*>())
        if (button->accessibleName() == QStringLiteral("Zoom back"))
            back = button;
    QVERIFY(back && !back->isVisible());
    panel.canvas()->setVisibleWindow({AxisRange{10, 20}, {}});
    QVERIFY(back->isVisible());
    QTest::mouseClick(back, Qt::LeftButton);
    QVERIFY(panel.canvas()->visibleWindow().isFull());
    QVERIFY(!back->isVisible());
}

void ChartsPanelTest::everyControlHasAName()
{
    LinePanel panel(QStringLiteral("val/loss"));
    for (QToolButton* button : panel.findChildren<QToolButton*>())
        QVERIFY(!button->accessibleName().isEmpty());
    QVERIFY(!panel.canvas()->accessibleName().isEmpty());
    QVERIFY(panel.canvas()->focusPolicy() & Qt::TabFocus);
}

void ChartsPanelTest::tableHoldsTheVisiblePoints()
{
    const CurveRequest request{XAxis::Step, {SmoothingKind::RunningMean, 3}, kNoTime, 0};
    std::vector<LineSeries> series{
        makeSeries(0, QStringLiteral("first"), makeHistory({1, 2, kNaN, 4, 5}), request),
        makeSeries(1, QStringLiteral("second"), makeHistory({-1, -2, -3}), request)};
    LineTableModel model(series, {1, 3});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.columnCount(), 5);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(0, LineTableModel::Run), QStringLiteral("first"));
    QCOMPARE(text(0, LineTableModel::Step), QStringLiteral("1"));
    QCOMPARE(text(1, LineTableModel::Value), QStringLiteral("NaN"));
    QCOMPARE(text(2, LineTableModel::Smoothed), QStringLiteral("4.5"));
    QCOMPARE(text(3, LineTableModel::Run), QStringLiteral("second"));
    QCOMPARE(text(4, LineTableModel::Value), QStringLiteral("−3"));

    LinePanel panel(QStringLiteral("val/loss"));
    panel.setSeries(series);
    panel.resize(500, 300);
    auto* dialog = qobject_cast<LineTableDialog*>(panel.showTable());
    QVERIFY(dialog);
    QCOMPARE(dialog->model()->rowCount(), 8);
    dialog->close();
}

void ChartsPanelTest::tableOfNothing()
{
    LineTableModel model({}, {0, 1});
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
}

void ChartsPanelTest::copiesAnImage()
{
    LinePanel panel(QStringLiteral("val/loss"));
    panel.setSeries(lossSeries(2, 100));
    panel.resize(500, 300);
    panel.show();
    panel.copyImage();
    QCOMPARE(QApplication::clipboard()->image().size(), panel.canvas()->size() * 2);
}

void ChartsPanelTest::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<int>("width");
    for (bool dark : {false, true})
        for (int width : {368, 760})
            QTest::addRow("panel-%s-%d", dark ? "dark" : "light", width) << dark << width;
}

void ChartsPanelTest::looks()
{
    QFETCH(bool, dark);
    QFETCH(int, width);
    m_theme->setChoice(dark ? ThemeControl::Choice::Dark : ThemeControl::Choice::Light);
    LineSettings settings;
    if (width > 500)
        settings.smoothing = {SmoothingKind::ExponentialAverage, 0.99};
    QWidget window;
    window.resize(width, 600);
    auto* panel = new LinePanel(QStringLiteral("val/loss"), &window);
    panel->setGeometry(0, 0, width, 260);
    panel->setSettings(settings);
    panel->setSeries(lossSeries(10, 20'000, settings.request()));
    auto* empty = new LinePanel(QStringLiteral("train/grad_norm"), &window);
    empty->setGeometry(0, 270, width / 2, 250);
    auto* failed = new LinePanel(QStringLiteral("a/very/long/metric/name/that/does/not/fit"), &window);
    failed->setGeometry(width / 2, 270, width / 2, 250);
    failed->canvas()->showError(QStringLiteral("The store is locked"),
                                QStringLiteral("Try again when the training has ended"));
    window.show();
    const PlotFrame& frame = panel->canvas()->frame();
    panel->canvas()->setVisibleWindow({AxisRange{10'000, 90'000}, {}});
    panel->canvas()->frame();
    QTest::mouseMove(panel->canvas(), {qRound(frame.x.toPixel(30'000)), frame.plot.top() + 20});
    const QImage image = window.grab().toImage();
    QVERIFY(!image.isNull());
    if (const QString folder = qEnvironmentVariable("SEXTANT_PICTURES"); !folder.isEmpty())
        QVERIFY(image.save(
            QStringLiteral("%1/%2.png").arg(folder, QString::fromLatin1(QTest::currentDataTag()))));
}

} // namespace
} // namespace sextant

QTEST_MAIN(sextant::ChartsPanelTest)
#include "charts_panel_test.moc"
