// The tokens: every contrast pair of the file holds, every name in use exists, icons and fonts are there.
#include "ui/theme/palette.h"
#include "ui/theme/style.h"
#include "ui/theme/theme_control.h"

#include <QApplication>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <cmath>

using namespace sextant;

namespace {

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT
private slots:
    void contrastHolds_data();
    void contrastHolds();
    void everyTokenInTheSourcesExists();
    void everyIconInTheSourcesExists();
    void paletteIsComplete();
    void themeChangesWhileRunning();
    void iconsAreCrisp();
};

void ThemeTest::contrastHolds_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void ThemeTest::contrastHolds()
{
    QFETCH(bool, dark);
    const Theme theme(dark ? Theme::Kind::Dark : Theme::Kind::Light);
    QFile file(":/themes/tokens.json");
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray pairs =
        QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("contrast")].toArray();
    QVERIFY(pairs.size() > 40);
    for (const auto& entry : pairs) {
        const QJsonObject pair = entry.toObject();
        const QByteArray role = pair[QLatin1String("role")].toString().toUtf8();
        for (const auto& on : pair[QLatin1String("on")].toArray()) {
            const double ratio =
                contrast(theme.color(role.constData()), theme.color(on.toString().toUtf8().constData()));
            QVERIFY2(
                ratio >= pair[QLatin1String("min")].toDouble(),
                qPrintable(QString("%1 on %2: %3").arg(QString::fromUtf8(role), on.toString()).arg(ratio)));
        }
    }
}

void ThemeTest::everyTokenInTheSourcesExists()
{
    const Theme theme(Theme::Kind::Light);
    static const QRegularExpression use(
        R"re((?:color|number|length)\((?:[^()"]*\? *)?"([a-zA-Z0-9.]+)"(?: *: *"([a-zA-Z0-9.]+)")?)re");
    int seen = 0;
    QDirIterator files(SEXTANT_SOURCE_DIR "/ui", {"*.cpp", "*.h"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile source(files.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        auto found = use.globalMatch(QString::fromUtf8(source.readAll()));
        while (found.hasNext()) {
            const auto match = found.next();
            for (int group = 1; group <= match.lastCapturedIndex(); ++group) {
                const QByteArray name = match.captured(group).toUtf8();
                ++seen;
                const bool isColor = theme.hasColor(name), isNumber = theme.hasNumber(name);
                QVERIFY2(isColor || isNumber, qPrintable(files.fileName() + ": " + name));
            }
        }
    }
    QVERIFY(seen > 60);
}

void ThemeTest::everyIconInTheSourcesExists()
{
    const Theme theme(Theme::Kind::Light);
    static const QRegularExpression use(
        R"re((?:drawIcon|icon|pixmap|setIconName|IconButton)\([^;"]*"([a-z][a-z0-9-]+)")re");
    QDirIterator files(SEXTANT_SOURCE_DIR "/ui", {"*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile source(files.next());
        QVERIFY(source.open(QIODevice::ReadOnly));
        auto found = use.globalMatch(QString::fromUtf8(source.readAll()));
        while (found.hasNext()) {
            const QString name = found.next().captured(1);
            // The icon is named by a variable, what follows is its colour.
            if (theme.hasColor(name.toUtf8()))
                continue;
            QVERIFY2(QFile::exists(":/icons/" + name + ".svg"), qPrintable(files.fileName() + ": " + name));
        }
    }
}

void ThemeTest::paletteIsComplete()
{
    const QPalette palette = makePalette(Theme(Theme::Kind::Dark));
    for (int role = 0; role < QPalette::NColorRoles; ++role) {
        if (role == QPalette::NoRole)
            continue;
        for (auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
            QVERIFY2(palette.isBrushSet(group, QPalette::ColorRole(role)), qPrintable(QString::number(role)));
    }
}

void ThemeTest::themeChangesWhileRunning()
{
    ThemeControl control(ThemeControl::Choice::Light);
    QCOMPARE(Theme::current().kind(), Theme::Kind::Light);
    const QColor light = QApplication::palette().color(QPalette::Base);
    const QImage before = Theme::current().icon("eye").pixmap(16).toImage();
    const QIcon icon = Theme::current().icon("eye");
    control.setChoice(ThemeControl::Choice::Dark);
    QCOMPARE(Theme::current().kind(), Theme::Kind::Dark);
    QVERIFY(QApplication::palette().color(QPalette::Base) != light);
    QVERIFY(icon.pixmap(16).toImage() != before);
    control.setChoice(ThemeControl::Choice::System);
    QCOMPARE(Theme::current().kind(), Theme::Kind::Light);
}

void ThemeTest::iconsAreCrisp()
{
    const Theme theme(Theme::Kind::Light);
    const QPixmap twice = theme.icon("search").pixmap(QSize(16, 16), 2.0);
    QCOMPARE(twice.size(), QSize(32, 32));
    QCOMPARE(twice.devicePixelRatio(), 2.0);
}

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
