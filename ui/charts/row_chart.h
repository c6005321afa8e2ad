// RowChart: bars, boxes, counts or importances, a row each under a common scale. More rows than fit are
// scrolled: by the wheel, the arrows, Page Up and Down. Click or Enter chooses a row.
#pragma once

#include "ui/charts/chart_canvas.h"
#include "ui/charts/row_content.h"

namespace sextant {

class RowScene;

class RowChart : public ChartCanvas
{
    Q_OBJECT
public:
    explicit RowChart(QWidget* parent = nullptr);

    void setContent(RowContentPtr content);
    const RowContent& content() const { return *m_content; }
    /// The first row drawn.
    int firstEntry() const { return m_first; }
    int currentEntry() const { return m_current; }
    int entryAt(QPoint place);

    QString note() const override { return m_content->note; }
    ChartTextTable table() const override;

signals:
    /// The group that a row stands for.
    void groupClicked(int group);

protected:
    bool hasContent() const override { return !m_content->entries.empty(); }
    SceneMaker sceneMaker() const override;
    void paintOverlay(QPainter& painter) override;
    QString description() const override;
    QString kindName() const override { return QStringLiteral("Bars"); }

    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    RowScene* rows();
    bool scrollTo(int first);
    void setCurrent(int entry, bool tip);
    void choose(int entry);

    RowContentPtr m_content = std::make_shared<RowContent>();
    int m_first = 0;
    int m_current = -1; // hovered or chosen by keys
    int m_wheel = 0;    // turned, not yet a row
};

} // namespace sextant
