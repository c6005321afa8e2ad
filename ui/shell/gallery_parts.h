// How the gallery lays out what it shows: titles, rows, specimens with their names below. Internal to the
// gallery.
#pragma once

#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <functional>

namespace sextant::gallery {

using Paint = std::function<void(QPainter*, const QRect&)>;

/// Something painted in a given size.
class Specimen final : public QWidget
{
public:
    Specimen(const QSize& size, Paint paint, QWidget* parent = nullptr)
        : QWidget(parent), m_paint(std::move(paint))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_paint(&painter, rect());
    }

private:
    Paint m_paint;
};

inline void addTitle(QVBoxLayout* column, const QString& text)
{
    column->addSpacing(8);
    column->addWidget(new TextLabel(text, Theme::Text::SmallStrong, "text.muted"));
}

inline QHBoxLayout* addRow(QVBoxLayout* column, int spacing = 8)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing);
    row->setObjectName(QStringLiteral("row"));
    column->addLayout(row);
    return row;
}

/// A specimen with its name below.
inline void addNamed(QHBoxLayout* row, QWidget* widget, const QString& name)
{
    auto* cell = new QVBoxLayout;
    cell->setSpacing(2);
    cell->addWidget(widget, 0, Qt::AlignLeft);
    cell->addWidget(new TextLabel(name, Theme::Text::Caption, "text.muted"), 0, Qt::AlignLeft);
    row->addLayout(cell);
}

} // namespace sextant::gallery
