// DiffDelegate and DiffHeader: how the matrix of differences is drawn. A tint: differs from the baseline; a
// line below a number: size and direction of the difference. Draw straight from DiffModel. GUI thread only.
#pragma once

#include "ui/compare/diff_model.h"
#include "ui/widgets/cell_painter.h"

#include <QHeaderView>
#include <QStyledItemDelegate>
#include <QTableView>

namespace sextant {

/// What the views of one matrix share: fonts, colours, the current cell.
class DiffPainting
{
public:
    explicit DiffPainting(const DiffModel& shown) : model(shown) {}

    /// Reads fonts and colours again; on a change of theme.
    void retheme(const Theme& theme);
    CellPainter& text(bool strong, bool mono)
    {
        return strong ? mono ? *m_strongMono : *m_strong : mono ? *m_mono : *m_body;
    }
    CellPainter& small() { return *m_small; }
    CellPainter& smallStrong() { return *m_smallStrong; }

    const DiffModel& model;
    const Theme* theme = nullptr;
    int padding = 8;
    QPersistentModelIndex focused; // the cell with the ring; invalid: none

private:
    std::unique_ptr<CellPainter> m_body, m_strong, m_mono, m_strongMono, m_small, m_smallStrong;
};

class DiffDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    DiffDelegate(DiffPainting& painting, QTableView* view)
        : QStyledItemDelegate(view), m_painting(painting), m_view(view)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

    /// The two lines of a run's head: "adamw" and "lr6e-4-s1".
    static std::pair<QString, QString> splitName(const QString& name);

private:
    QColor color(const char* token) const { return m_painting.theme->color(token); }
    void paintHead(QPainter* painter, const QRect& rect, const DiffSection& section) const;
    void paintField(QPainter* painter, const QRect& rect, int row, const QColor& color) const;
    void paintVaries(QPainter* painter, const QRect& rect, int row) const;
    void paintValue(QPainter* painter, const QRect& rect, const DiffCell& cell, bool baseline,
                    bool selected) const;
    QColor underline(const DiffCell& cell) const;

    DiffPainting& m_painting;
    QTableView* m_view;
};

class DiffHeader final : public QHeaderView
{
    Q_OBJECT
public:
    DiffHeader(DiffPainting& painting, QWidget* parent);
    QSize sizeHint() const override;

signals:
    void menuRequested(int column, const QPoint& globalPosition);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int column) const override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void paintRun(QPainter* painter, QRect rect, const RunLook& run, bool baseline) const;

    DiffPainting& m_painting;
};

} // namespace sextant
