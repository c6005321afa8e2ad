#include "ui/widgets/splitter.h"

#include "ui/theme/theme.h"

#include <QResizeEvent>

namespace sextant {

namespace {

class Handle final : public QSplitterHandle
{
public:
    Handle(Qt::Orientation orientation, QSplitter* splitter) : QSplitterHandle(orientation, splitter)
    {
        setAttribute(Qt::WA_Hover);
        setAttribute(Qt::WA_MouseNoMask);
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        // Painted over one pixel, but the mouse finds it over the whole width.
        const Theme& theme = Theme::of(this);
        const int margin = (theme.length("panel.splitterHit") - theme.length("panel.splitter")) / 2;
        if (orientation() == Qt::Horizontal)
            setContentsMargins(margin, 0, margin, 0);
        else
            setContentsMargins(0, margin, 0, margin);
        setMask(QRegion(contentsRect()));
        QWidget::resizeEvent(event);
    }
};

} // namespace

Splitter::Splitter(Qt::Orientation orientation, const QString& name, QWidget* parent)
    : QSplitter(orientation, parent)
{
    setObjectName(name);
    setAccessibleName(name);
    setHandleWidth(Theme::of(this).length("panel.splitter"));
    setChildrenCollapsible(false);
}

QSplitterHandle* Splitter::createHandle()
{
    return new Handle(orientation(), this);
}

} // namespace sextant
