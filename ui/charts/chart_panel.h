// ChartPanel: a chart with its head: title, what it says of itself, maximise, a menu. GUI thread only.
#pragma once

#include "ui/charts/chart_canvas.h"

#include <QMenu>

namespace sextant {

class ElidedLabel;
class IconButton;

/// The button of a panel that makes it large, or small again.
void dressMaximize(IconButton* button, bool maximized);

class ChartPanel : public QWidget
{
    Q_OBJECT
public:
    /// Takes the canvas over.
    ChartPanel(const QString& title, ChartCanvas* canvas, QWidget* parent = nullptr);

    ChartCanvas* canvas() const { return m_canvas; }
    /// The menu of the head; an owner may add its own actions at the end.
    QMenu* menu() const { return m_menu; }
    void setTitle(const QString& title);
    /// A button that asks the owner for full size, and how it looks there. By default there is none.
    void setOffersMaximize(bool offers);
    void setMaximized(bool maximized);
    /// A dialog for the picture as it is now; nothing where there is none.
    void openExport();

signals:
    void maximizeRequested();

private:
    void syncNote();
    void copyImage();

    ChartCanvas* m_canvas;
    ElidedLabel* m_name;
    ElidedLabel* m_note;
    IconButton* m_maximize;
    IconButton* m_more;
    QMenu* m_menu;
};

} // namespace sextant
