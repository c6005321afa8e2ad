// Line: a hairline between parts, one pixel.
#pragma once

#include <QWidget>

namespace sextant {

class Line final : public QWidget
{
    Q_OBJECT
public:
    explicit Line(Qt::Orientation orientation, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace sextant
