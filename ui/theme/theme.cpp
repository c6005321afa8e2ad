#include "ui/theme/theme.h"

#include "ui/theme/icon_engine.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>

#include <array>

namespace sextant {

struct Theme::Tokens
{
    QHash<QByteArray, QColor> colors;
    QHash<QByteArray, double> numbers;
    QList<QColor> series;
    QList<QList<qreal>> dashes;
};

namespace {

QColor parseColor(const QString& text)
{
    // The file writes RRGGBBAA, Qt reads AARRGGBB.
    if (text.size() == 9)
        return QColor::fromString("#" + text.mid(7, 2) + text.mid(1, 6));
    return QColor::fromString(text);
}

void flattenNumbers(const QJsonObject& object, const QByteArray& prefix, QHash<QByteArray, double>& into)
{
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        QByteArray key = prefix.isEmpty() ? entry.key().toUtf8() : prefix + '.' + entry.key().toUtf8();
        if (entry->isDouble())
            into.insert(key, entry->toDouble());
        else if (entry->isObject())
            flattenNumbers(entry->toObject(), key, into);
    }
}

QJsonObject tokenFile()
{
    QFile file(QStringLiteral(":/themes/tokens.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The design tokens are missing from the program");
    return QJsonDocument::fromJson(file.readAll()).object();
}

} // namespace

Theme::Families Theme::Families::system()
{
    return {QFontDatabase::systemFont(QFontDatabase::GeneralFont).family(),
            QFontDatabase::systemFont(QFontDatabase::FixedFont).family()};
}

Theme::Families Theme::Families::bundled()
{
    static const bool loaded = [] {
        for (const char* face : {"Inter-Regular.otf", "Inter-SemiBold.otf", "JetBrainsMono-Regular.ttf",
                                 "JetBrainsMono-SemiBold.ttf"})
            QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(face));
        return true;
    }();
    Q_UNUSED(loaded);
    return {QStringLiteral("Inter"), QStringLiteral("JetBrains Mono")};
}

Theme::Theme(Kind kind) : Theme(kind, Families::system()) {}

Theme::Theme(Kind kind, const Families& families) : m_kind(kind), m_families(families)
{
    const QJsonObject file = tokenFile();
    const QString name = kind == Kind::Dark ? QStringLiteral("dark") : QStringLiteral("light");
    auto tokens = std::make_shared<Tokens>();
    flattenNumbers(file, {}, tokens->numbers);

    const QJsonObject colors = file["color"].toObject()[name].toObject();
    for (auto entry = colors.begin(); entry != colors.end(); ++entry)
        tokens->colors.insert(entry.key().toUtf8(), parseColor(entry->toString()));

    const QJsonObject chart = file["chart"].toObject()[name].toObject();
    for (auto entry = chart.begin(); entry != chart.end(); ++entry) {
        QByteArray key = "chart." + entry.key().toUtf8();
        if (entry->isDouble())
            tokens->numbers.insert(key, entry->toDouble());
        else if (entry->isString())
            tokens->colors.insert(key, parseColor(entry->toString()));
        else if (entry->isArray() && entry.key() != "dash")
            for (int i = 0; i < entry->toArray().size(); ++i)
                tokens->colors.insert(key + '.' + QByteArray::number(i),
                                      parseColor(entry->toArray()[i].toString()));
    }
    for (int i = 0; tokens->colors.contains("chart.categorical." + QByteArray::number(i)); ++i)
        tokens->series << tokens->colors["chart.categorical." + QByteArray::number(i)];
    for (const auto& pattern : chart["dash"].toArray()) {
        QList<qreal> lengths;
        for (const auto& length : pattern.toArray())
            lengths << length.toDouble();
        tokens->dashes << lengths;
    }
    m_tokens = std::move(tokens);
}

const Theme& Theme::of(const QWidget*)
{
    return current();
}

const Theme& Theme::current()
{
    if (auto style = qobject_cast<const SextantStyle*>(QApplication::style()))
        return style->theme();
    static const Theme fallback(Kind::Light);
    return fallback;
}

QColor Theme::color(const char* token) const
{
    auto found = m_tokens->colors.constFind(QByteArray::fromRawData(token, qsizetype(qstrlen(token))));
    if (found != m_tokens->colors.constEnd())
        return *found;
    qCritical("Unknown colour token %s", token);
    return Qt::magenta;
}

QColor Theme::series(int index) const
{
    return m_tokens->series[index % m_tokens->series.size()];
}

QList<qreal> Theme::dash(int index) const
{
    return m_tokens->dashes[index / m_tokens->series.size() % m_tokens->dashes.size()];
}

double Theme::number(const char* token) const
{
    auto found = m_tokens->numbers.constFind(QByteArray::fromRawData(token, qsizetype(qstrlen(token))));
    if (found != m_tokens->numbers.constEnd())
        return *found;
    qCritical("Unknown number token %s", token);
    return 0;
}

bool Theme::hasColor(const QByteArray& token) const
{
    return m_tokens->colors.contains(token);
}

bool Theme::hasNumber(const QByteArray& token) const
{
    return m_tokens->numbers.contains(token);
}

QFont Theme::font(Text text) const
{
    struct Entry
    {
        const char* size;
        const char* weight;
    };
    static constexpr std::array<Entry, 10> kKinds{{{"type.caption.pt", "type.caption.weight"},
                                                   {"type.captionStrong.pt", "type.captionStrong.weight"},
                                                   {"type.small.pt", "type.small.weight"},
                                                   {"type.small.pt", "type.bodyStrong.weight"},
                                                   {"type.body.pt", "type.body.weight"},
                                                   {"type.bodyStrong.pt", "type.bodyStrong.weight"},
                                                   {"type.title.pt", "type.title.weight"},
                                                   {"type.heading.pt", "type.heading.weight"},
                                                   {"type.mono.pt", "type.mono.weight"},
                                                   {"type.numeric.pt", "type.numeric.weight"}}};
    const Entry& entry = kKinds[std::size_t(text)];
    QFont font(text == Text::Mono ? m_families.mono : m_families.ui);
    font.setPointSizeF(number(entry.size));
    font.setWeight(QFont::Weight(int(number(entry.weight))));
    if (text == Text::Mono)
        font.setStyleHint(QFont::Monospace);
    return font;
}

QIcon Theme::icon(const QString& name, const char* colorToken) const
{
    return QIcon(new IconEngine(name, colorToken));
}

QPixmap Theme::pixmap(const QString& name, int size, const QColor& color, qreal scale) const
{
    return iconPixmap(name, size, color, scale);
}

void Theme::drawIcon(QPainter* painter, const QRect& rect, const QString& name, int size,
                     const QColor& color) const
{
    QPoint corner(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2);
    painter->drawPixmap(corner, pixmap(name, size, color, painter->device()->devicePixelRatioF()));
}

} // namespace sextant
