#include "ui/theme/icon_engine.h"

#include "ui/theme/theme.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace sextant {

namespace {

QByteArray tintedSvg(const QString& name, const QColor& color)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qCritical("Unknown icon %s", qUtf8Printable(name));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    svg.replace("stroke-width=\"2\"",
                "stroke-width=\"" + QByteArray::number(Theme::current().number("icon.stroke")) + '"');
    return svg;
}

} // namespace

QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal scale)
{
    const QString key =
        QStringLiteral("sextant-icon/%1/%2/%3/%4").arg(name).arg(size).arg(color.rgba()).arg(scale);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(qRound(size * scale), qRound(size * scale));
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(tintedSvg(name, color));
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(color.alphaF());
    renderer.render(&painter, QRectF(pixmap.rect()));
    painter.end();
    pixmap.setDevicePixelRatio(scale);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

IconEngine::IconEngine(QString name, QByteArray colorToken)
    : m_name(std::move(name)), m_colorToken(std::move(colorToken))
{
}

QColor IconEngine::color(QIcon::Mode mode) const
{
    const Theme& theme = Theme::current();
    if (mode == QIcon::Disabled)
        return theme.color("text.disabled");
    return theme.color(m_colorToken.constData());
}

void IconEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State)
{
    const int size = std::min(rect.width(), rect.height());
    const QPoint corner(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2);
    painter->drawPixmap(corner,
                        iconPixmap(m_name, size, color(mode), painter->device()->devicePixelRatioF()));
}

QPixmap IconEngine::pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state)
{
    return scaledPixmap(size, mode, state, 1);
}

QPixmap IconEngine::scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale)
{
    // QIcon asks in device pixels and sets the ratio on what it gets.
    const int pixels = std::min(size.width(), size.height());
    QPixmap pixmap = iconPixmap(m_name, qRound(pixels / scale), color(mode), scale);
    return pixmap;
}

QIconEngine* IconEngine::clone() const
{
    return new IconEngine(*this);
}

} // namespace sextant
