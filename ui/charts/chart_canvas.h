// ChartCanvas: what every chart beside the line canvas shares: a drawing made in slices and kept, messages in
// place of it, a tooltip, the ring of the focus, a picture of any size, a table. GUI thread only.
//
// A chart lays itself out as a ChartScene: a snapshot for one size that paints itself in pieces and answers
// where its parts are. Scenes share their data and stay valid when the chart goes on.
#pragma once

#include "ui/charts/chart_picture.h"
#include "ui/charts/chart_style.h"
#include "ui/charts/chart_text_table.h"
#include "ui/charts/chart_tooltip.h"

#include <QImage>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QDialog;

namespace sextant {

/// What a scene is laid out for. Lengths are those of a screen, `ratio` dots each.
struct ChartSpace
{
    QSizeF size;
    double ratio = 1;
    ChartStyle style;
    bool live = false; // the chart itself paints what moves (brushes) over it
};

class ChartScene
{
public:
    virtual ~ChartScene() = default;
    /// In this order, the pieces one after the other in any number of calls; the painter's origin is the
    /// corner of the chart.
    virtual void paintBack(QPainter&) {}
    virtual std::size_t pieces() const { return 0; }
    virtual void paintPiece(QPainter&, std::size_t) {}
    virtual void paintFront(QPainter&) {}

    void paint(QPainter& painter);
};

/// Lays a chart's present state out for any space. Owns what it needs: may outlive the chart.
using SceneMaker = std::function<std::shared_ptr<ChartScene>(const ChartSpace&)>;

class ChartCanvas : public QWidget
{
    Q_OBJECT
public:
    explicit ChartCanvas(QWidget* parent = nullptr);
    ~ChartCanvas() override;

    /// Names the chart for screen readers and in messages.
    void setTitle(const QString& title);
    const QString& title() const { return m_title; }
    void showLoading(const QString& sentence);
    void showError(const QString& sentence, const QString& hint);
    /// What is said when there is nothing to draw.
    void setEmptyText(const QString& sentence);

    /// What the head of the chart says beside its title: what is drawn and what is not; plain text.
    virtual QString note() const { return {}; }
    /// Everything drawn, exactly.
    virtual ChartTextTable table() const = 0;
    /// A window with the table. Deletes itself when closed.
    QDialog* showTable();

    /// The chart alone at any size, drawn at once.
    QImage render(QSize size, double devicePixelRatio) const;
    /// Into `area` of any painter: on paper, in a vector file.
    void paintChart(QPainter& painter, const QRectF& area, const ChartStyle& style) const;
    /// The chart as it is now, for export; null when there is nothing to draw.
    std::shared_ptr<const ChartPicture> picture() const;

    /// Whether the drawing shows the latest data and settings.
    bool isFinished() const { return !hasContent() || (!m_stale && !m_next); }
    /// The row under the cursor or chosen by keys, -1 for none; of another chart too.
    void setHoveredRow(int row);
    int hoveredRow() const { return m_hovered; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void rowHovered(int row); // -1: none
    void rowClicked(int row);
    void rowsSelected(const std::vector<int>& rows);
    void noteChanged();
    void pictureFinished();

protected:
    virtual bool hasContent() const = 0;
    virtual SceneMaker sceneMaker() const = 0;
    /// Over the kept drawing: hover, brushes, rubber bands.
    virtual void paintOverlay(QPainter&) {}
    /// One paragraph for screen readers, without the title.
    virtual QString description() const { return note(); }
    virtual QString kindName() const = 0; // "Scatter plot"
    virtual const char* emptyIcon() const { return "chart-column"; }

    /// New data: messages end, the old drawing goes.
    void contentChanged();
    /// The same data drawn otherwise: the old drawing stays until the new one is done.
    void restyle();
    /// The newest scene, laid out if need be; null without content.
    ChartScene* scene();

    void showTooltip(TooltipTable table, QPoint place);
    void hideTooltip();
    bool focusShown() const { return m_focusShown; }

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Drawing;
    ChartSpace space() const;
    void start();
    void advance(int milliseconds);
    void describe();
    void paintMessage(QPainter& painter);

    QString m_title, m_emptyText, m_message, m_hint;
    bool m_failed = false;
    int m_hovered = -1;
    std::unique_ptr<Drawing> m_shown, m_next;
    bool m_stale = true;
    QTimer m_slice;
    bool m_focusShown = false;
    QPointer<ChartTooltip> m_tooltip;
};

} // namespace sextant
