// Fuzzy matching of the palette: what matches, what comes first, what is marked.
#include "ui/shell/fuzzy.h"

#include <QTest>

using namespace sextant;

class FuzzyTest : public QObject
{
    Q_OBJECT
private slots:
    void matches_data();
    void matches();
    void order_data();
    void order();
    void marks();
    void longTexts();
};

void FuzzyTest::matches_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("expected");
    QTest::newRow("empty") << ""
                           << "anything" << true;
    QTest::newRow("prefix") << "comp"
                            << "Compare runs" << true;
    QTest::newRow("case") << "COMP"
                          << "compare runs" << true;
    QTest::newRow("initials") << "cr"
                              << "Compare runs" << true;
    QTest::newRow("two words, any order") << "runs comp"
                                          << "Compare runs" << true;
    QTest::newRow("missing letter") << "compz"
                                    << "Compare runs" << false;
    QTest::newRow("one word missing") << "compare models"
                                      << "Compare runs" << false;
    QTest::newRow("empty text") << "a"
                                << "" << false;
    QTest::newRow("umlaut") << "größe"
                            << "Modellgröße" << true;
    QTest::newRow("inside") << "loss"
                            << "metrics.val/loss" << true;
}

void FuzzyTest::matches()
{
    QFETCH(QString, pattern);
    QFETCH(QString, text);
    QFETCH(bool, expected);
    QCOMPARE(fuzzyMatch(pattern, text).has_value(), expected);
}

void FuzzyTest::order_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::newRow("prefix over inside") << "run"
                                        << "Run detail"
                                        << "Open run";
    QTest::newRow("word over letters") << "hide"
                                       << "Hide run"
                                       << "Show in detail";
    QTest::newRow("word start over inside") << "loss"
                                            << "val/loss"
                                            << "valloss";
    QTest::newRow("dense over strewn") << "muon"
                                       << "muon-lr2e-2"
                                       << "m-u-long-only-n";
    QTest::newRow("short over long") << "open"
                                     << "Open store"
                                     << "Open store that was opened before this one";
}

void FuzzyTest::order()
{
    QFETCH(QString, pattern);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    auto good = fuzzyMatch(pattern, better), bad = fuzzyMatch(pattern, worse);
    QVERIFY(good.has_value());
    QVERIFY2(!bad || good->score > bad->score,
             qPrintable(QString("%1 %2").arg(good->score).arg(bad ? bad->score : 0)));
}

void FuzzyTest::marks()
{
    auto match = fuzzyMatch(u"muon com", u"muon-s1-compile");
    QVERIFY(match.has_value());
    QCOMPARE(match->ranges, (QList<FuzzyMatch::Range>{{0, 4}, {8, 3}}));
}

void FuzzyTest::longTexts()
{
    const QString text = QString("ab").repeated(100'000);
    QVERIFY(fuzzyMatch(u"aaaa", text).has_value());
    QVERIFY(!fuzzyMatch(u"abz", text).has_value());
}

QTEST_GUILESS_MAIN(FuzzyTest)
#include "fuzzy_test.moc"
