// The colour of the run in the head of its page.
#pragma once

#include "ui/runs/run_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/badge.h"

#include <QPainter>

namespace sextant {

class RunPage::Dot final : public QWidget
{
public:
    explicit Dot(QWidget* parent) : QWidget(parent) { setFixedSize(14, 24); }
    void show(int color)
    {
        m_color = color;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        paintColorDot(theme, &painter, QRectF(rect()).center(), theme.series(m_color), true);
    }

private:
    int m_color = 0;
};

} // namespace sextant
