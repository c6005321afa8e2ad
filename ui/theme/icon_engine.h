// IconEngine: a Lucide icon drawn from its SVG in the colour of a token, at every scale and for every icon
// mode. The colour is looked up when it is drawn, so that icons follow a change of theme.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QIconEngine>
#include <QPixmap>

namespace sextant {

/// An icon in one colour; cached. `scale` is the device pixel ratio of the pixmap.
QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal scale);

class IconEngine final : public QIconEngine
{
public:
    IconEngine(QString name, QByteArray colorToken);

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override;
    QIconEngine* clone() const override;
    QString key() const override { return QStringLiteral("sextant"); }
    QString iconName() override { return m_name; }
    bool isNull() override { return m_name.isEmpty(); }

private:
    QColor color(QIcon::Mode mode) const;

    QString m_name;
    QByteArray m_colorToken;
};

} // namespace sextant
