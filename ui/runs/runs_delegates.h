// The delegates of the runs table, one a kind of column. They share a painter for texts and draw straight
// from RunsModel. The row under the mouse is lit as a whole. GUI thread only.
#pragma once

#include "ui/runs/runs_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/cell_painter.h"

#include <QStyledItemDelegate>

#include <memory>

namespace sextant {

/// What all delegates of one table share: fonts, colours, and the row under the mouse.
class RunsPainting
{
public:
    explicit RunsPainting(const RunsModel& runs) : model(runs) {}

    /// Reads fonts and colours again; on a change of theme or palette.
    void retheme(const Theme& theme);
    CellPainter& body() { return *m_body; }
    CellPainter& strong() { return *m_strong; }
    CellPainter& small() { return *m_small; }
    CellPainter& caption() { return *m_caption; }

    const RunsModel& model;
    const Theme* theme = nullptr;
    int hoveredRow = -1;
    int padding = 8;
    std::vector<int> spreadWidths; // by column: kept free at the right for "± 0.0041"

    int spreadWidth(int column) const;

private:
    std::unique_ptr<CellPainter> m_body, m_strong, m_small, m_caption;
};

class RunsDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    RunsDelegate(RunsPainting& painting, QObject* parent) : QStyledItemDelegate(parent), m_painting(painting)
    {
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const final;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const final;
    /// The row without its cells; what it was filled with.
    QColor paintGround(QPainter* painter, const QRect& rect, int row, bool selected, bool active) const;

protected:
    struct Cell
    {
        QRect rect; // within the paddings
        QRect full;
        int row;
        int column;
        bool selected;
        QColor background;
        qreal scale;
    };
    virtual void paintCell(QPainter* painter, const Cell& cell) const = 0;

    RunsPainting& painting() const { return m_painting; }
    const RunsModel& model() const { return m_painting.model; }
    QColor color(const char* token) const { return m_painting.theme->color(token); }
    QColor textColor(const Cell& cell) const;
    void drawIcon(QPainter* painter, const QRect& rect, const char* icon, int size,
                  const QColor& color) const;
    void drawPlaceholder(QPainter* painter, const QRect& rect, int width, Qt::Alignment alignment) const;

private:
    RunsPainting& m_painting;
};

class FoldDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

class EyeDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

class DotDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

class NameDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

class StatusDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

/// Metrics, params, tags and attributes.
class ValueDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

/// The best run of a group, as a link to it; a mark on that run.
class BestDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

class DeltaDelegate final : public RunsDelegate
{
    Q_OBJECT
public:
    using RunsDelegate::RunsDelegate;

private:
    void paintCell(QPainter* painter, const Cell& cell) const override;
};

} // namespace sextant
