// IconView: one icon in a colour token, following the theme and the screen. Decoration: not for clicking.
#pragma once

#include <QByteArray>
#include <QWidget>

namespace sextant {

class IconView final : public QWidget
{
    Q_OBJECT
public:
    IconView(const QString& icon, int size, const char* colorToken, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    QByteArray m_colorToken;
};

} // namespace sextant
