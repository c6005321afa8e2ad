// FrozenColumns: the columns that stay at the left of the runs table while it is scrolled sideways. A second
// view of the same rows, drawn over the first by the same delegates; what happens on it happens to the table.
// Seen only when the table is scrolled. GUI thread only.
#pragma once

#include <QWidget>

namespace sextant {

class RunsTableView;

class FrozenColumns final : public QWidget
{
    Q_OBJECT
public:
    explicit FrozenColumns(RunsTableView& table);

    /// Takes its place, or hides; to be called when the table scrolls, is resized, or has other columns.
    void place();
    /// How many columns are frozen, at most those that leave room for others.
    int count() const { return m_count; }
    /// The width of the frozen columns, seen or not.
    int frozenWidth() const { return m_width; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int widthOf(int columns) const;
    void paintHead(QPainter& painter);
    void paintRows(QPainter& painter, const QRect& area);
    bool forward(QEvent* event, const QPoint& position);

    RunsTableView& m_table;
    QWidget* m_pressed = nullptr; // where the button went down: all that follows belongs to it
    int m_count = 0;
    int m_width = 0;
};

} // namespace sextant
