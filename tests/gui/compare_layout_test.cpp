// Where the panels of the Curves tab stand, and which level decides their settings: plain values, no window.
#include "ui/compare/curve_cascade.h"
#include "ui/compare/curve_layout.h"

#include <QTest>

using namespace sextant;

namespace {

std::vector<std::string> metrics(std::size_t count)
{
    std::vector<std::string> names{"loss"};
    for (std::size_t i = 1; i < count; ++i)
        names.push_back("layer" + std::to_string(i % 50) + "/norm" + std::to_string(i));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace

class CompareLayoutTest : public QObject
{
    Q_OBJECT
private slots:
    void eachMetricHasOnePlace();
    void boardFlows();
    void searchAndFolds();
    void itemsInSight();
    void placeOfADrop();
    void levels();
    void changesStayWhereMade();
};

void CompareLayoutTest::eachMetricHasOnePlace()
{
    auto names = metrics(3'000);
    auto layout = layOutCurves({names, {{"line", "loss", 4, 8}, {"line", "gone", 2, 8}}, {}, {}, 1200});
    std::set<std::string> seen;
    for (const auto* item : layout.reading())
        QVERIFY(seen.insert(item->key).second);
    QCOMPARE(seen.size(), std::size_t(3'001)); // what no run logs any more keeps its place too
    QCOMPARE(layout.panels, std::size_t(3'001));
    QVERIFY(layout.panel("line", "gone"));
    QVERIFY(!layout.panel("line", "never"));
    for (const auto& item : layout.items)
        QVERIFY(item.rect.right() < 1200 && item.rect.bottom() < layout.height && item.rect.width() > 0);
    QCOMPARE(sectionOf("train/loss/a"), std::string("train"));
    QCOMPARE(sectionOf("/x"), std::string());
}

void CompareLayoutTest::boardFlows()
{
    auto layout = layOutCurves({{}, defaultPanels({"a", "b", "c", "d", "e"}), {}, {}, 1200});
    QCOMPARE(layout.items.size(), std::size_t(5));
    QCOMPARE(layout.items[0].rect, QRect(0, 0, 800, 288));
    QCOMPARE(layout.items[1].rect, QRect(800, 0, 400, 288));
    QCOMPARE(layout.items[2].rect, QRect(0, 288, 400, 216));
    QCOMPARE(layout.items[4].rect.right(), 1199);
    QCOMPARE(layout.height, 504);
    // A row is as high as its highest panel.
    auto uneven =
        layOutCurves({{}, {{"line", "a", 3, 4}, {"line", "b", 3, 10}, {"line", "c", 6, 3}}, {}, {}, 1200});
    QCOMPARE(uneven.items[0].rect.height(), 360);
    QCOMPARE(uneven.items[2].rect.top(), 360);
    // Little room: fewer beside each other.
    auto narrow = layOutCurves({{}, {{"line", "a", 2, 6}, {"line", "b", 2, 6}}, {}, {}, 500});
    QCOMPARE(narrow.items[1].rect.top(), narrow.items[0].rect.top());
    QCOMPARE(narrow.items[0].rect.width(), 250);
}

void CompareLayoutTest::searchAndFolds()
{
    CurveLayoutRequest request{
        {"loss", "train/loss", "train/lr", "val/loss"}, {{"line", "train/lr", 2, 6}}, {"train"}, {}, 900};
    auto folded = layOutCurves(request);
    QVERIFY(!folded.panel("line", "train/loss"));
    QCOMPARE(folded.found, std::size_t(4));
    QCOMPARE(folded.panels, std::size_t(3));
    // A search looks into folded sections too.
    request.search = QRegularExpression("LOSS$", QRegularExpression::CaseInsensitiveOption);
    auto found = layOutCurves(request);
    QVERIFY(found.panel("line", "train/loss"));
    QVERIFY(!found.panel("line", "train/lr"));
    QCOMPARE(found.found, std::size_t(3));
    request.search = QRegularExpression("nothing like it");
    QVERIFY(layOutCurves(request).items.empty());
    QCOMPARE(layOutCurves({}).height, 0);
}

void CompareLayoutTest::itemsInSight()
{
    auto layout = layOutCurves({metrics(3'000), {}, {}, {}, 1200});
    for (int top : {0, 1, 500, 20'000, layout.height - 700}) {
        auto [first, last] = layout.within(top, top + 700);
        for (std::size_t i = 0; i < layout.items.size(); ++i) {
            auto inSight = layout.items[i].rect.bottom() >= top && layout.items[i].rect.top() < top + 700;
            QCOMPARE(i >= first && i < last, inSight);
        }
        QVERIFY(last - first < 30);
    }
}

void CompareLayoutTest::placeOfADrop()
{
    auto layout = layOutCurves({{"x/a", "x/b"}, defaultPanels({"a", "b", "c"}), {}, {}, 1200});
    QCOMPARE(layout.boardPlace({10, 10}), 0);
    QCOMPARE(layout.boardPlace({700, 10}), 1);
    QCOMPARE(layout.boardPlace({1190, 10}), 2);
    QCOMPARE(layout.boardPlace({10, 300}), 2);
    QCOMPARE(layout.boardPlace({300, 300}), 3);
    QCOMPARE(layout.boardPlace({10, layout.height - 5}), -1);
    auto bare = layOutCurves({{"x/a"}, {}, {}, {}, 1200});
    QCOMPARE(bare.boardPlace({10, 5}), 0); // nothing on top yet: over the first head
}

void CompareLayoutTest::levels()
{
    CompareView view;
    auto none = resolveCurve(view, "train", "train/loss");
    QCOMPARE(none.settings, LineSettings());
    for (auto field : kCurveFields)
        QCOMPARE(none.level(field), SettingsLevel::Default);
    view.settings.smoothing = 1;
    view.settings.smoothingAmount = 0.9;
    view.settings.yScale = 1;
    view.sectionSettings["train"].yScale = 0;
    view.panelSettings["train/loss"].xAxis = 2;
    auto resolved = resolveCurve(view, "train", "train/loss");
    QCOMPARE(resolved.settings.smoothing.amount, 0.9);
    QVERIFY(!resolved.settings.logY);
    QCOMPARE(resolved.settings.xAxis, XAxis::WallTime);
    QCOMPARE(resolved.level(CurveField::Smoothing), SettingsLevel::Page);
    QCOMPARE(resolved.level(CurveField::Y), SettingsLevel::Section);
    QCOMPARE(resolved.level(CurveField::X), SettingsLevel::Panel);
    QCOMPARE(resolved.level(CurveField::Band), SettingsLevel::Default);
    QVERIFY(resolveCurve(view, "val", "val/loss").settings.logY);
    QCOMPARE(resolveCurve(view, "train", {}).settings.xAxis, XAxis::Step);
    for (auto field : kCurveFields) {
        auto options = fieldOptions(field);
        QVERIFY(options.size() >= 2);
        QSet<QString> texts;
        for (const auto& option : options) {
            texts.insert(option.text);
            CurveChoice choice = none.choice;
            lay(choice, option.choice);
            QVERIFY(holds(choice, field, option.choice));
        }
        QCOMPARE(std::size_t(texts.size()), options.size());
        QVERIFY(!fieldName(field).isEmpty());
    }
}

void CompareLayoutTest::changesStayWhereMade()
{
    LineSettings before, now;
    now.logY = true;
    auto changes = changedFields(before, now);
    QCOMPARE(changes.yScale, std::optional(1));
    QVERIFY(!changes.xAxis && !changes.smoothing);
    QVERIFY(changedFields(now, now).empty());
    CurveChoice choice;
    choice.smoothing = 3;
    lay(choice, changes);
    QCOMPARE(choice.smoothing, std::optional(3));
    QCOMPARE(choice.yScale, std::optional(1));
}

QTEST_GUILESS_MAIN(CompareLayoutTest)
#include "compare_layout_test.moc"
