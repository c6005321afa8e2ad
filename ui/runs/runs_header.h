// RunsHeader: the header of the runs table. Shows every sort key with its arrow (and its place when there are
// several), icons for the narrow columns. Sections drag and resize, but for the fixed ones at the left.
#pragma once

#include "ui/runs/runs_delegates.h"

#include <QHeaderView>

namespace sextant {

class RunsHeader final : public QHeaderView
{
    Q_OBJECT
public:
    RunsHeader(RunsPainting& painting, QWidget* parent);

    /// A section drawn elsewhere, as it looks here.
    void paintSectionAt(QPainter* painter, const QRect& rect, int logicalIndex) const
    {
        paintSection(painter, rect, logicalIndex);
    }
    void setOrder(std::vector<SortKey> order);

signals:
    /// A click: sort by this column alone, or by it as well.
    void sortRequested(int section, bool additional);
    void eyeClicked(const QPoint& globalPosition);
    /// All value columns as they stand now.
    void columnsMoved();

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    QSize sizeHint() const override;

signals:
    void menuRequested(int section, const QPoint& globalPosition);

private:
    int sortPlace(const RunsColumn& column) const; // -1: not sorted by it
    void paintTitle(QPainter* painter, QRect rect, int logicalIndex) const;

    RunsPainting& m_painting;
    std::vector<SortKey> m_order;
};

} // namespace sextant
