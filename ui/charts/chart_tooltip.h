// ChartTooltip: the table that follows the crosshair. A child of the window, so that it may reach beyond its
// chart; it takes no mouse events and no focus.
#pragma once

#include "ui/charts/crosshair.h"

#include <QStringList>
#include <QWidget>

namespace sextant {

/// The words of the table, as painted and as read to a screen reader.
struct TooltipTable
{
    struct Row
    {
        QColor color;
        QList<qreal> dash;
        QString name;
        QStringList cells; // one for each column but the first
        bool stressed = false;
        bool odd = false; // not a finite number
        bool baseline = false;
    };
    QString title;    // "Step 38,000"
    QString subtitle; // "2h 04m, 17 Nov 16:34"
    QStringList columns;
    std::vector<Row> rows;
    int moreAbove = 0, moreBelow = 0;
    bool pinned = false;

    QString footer() const; // "+4 more below"
    QString toText() const;
};

/// At most `mostRows` rows, around the stressed run's.
TooltipTable tooltipTable(const CrosshairReading& reading, const std::vector<LineSeries>& series,
                          const QString& stressedRun, int mostRows);

class ChartTooltip : public QWidget
{
    Q_OBJECT
public:
    explicit ChartTooltip(QWidget* window);

    /// Shows the table beside `anchor` (window coordinates), right of it where there is room, inside the
    /// window.
    void showTable(TooltipTable table, QPoint anchor);
    const TooltipTable& table() const { return m_table; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Layout
    {
        std::vector<int> widths; // of the columns, swatch and name first
        QSize size;              // without the shadow
    };
    Layout layOut() const;
    void paintShadow(QPainter& painter, QRect box) const;
    void paintHead(QPainter& painter, QRect box) const;
    void paintRow(QPainter& painter, QRect line, const Layout& layout, const TooltipTable::Row& row) const;

    TooltipTable m_table;
};

} // namespace sextant
