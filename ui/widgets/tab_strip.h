// TabStrip: tabs in a row; the ones without room are in a menu at its end, the current one never. GUI thread
// only.
#pragma once

#include <QWidget>

namespace sextant {

class PickerButton;

class TabStrip final : public QWidget
{
    Q_OBJECT
public:
    /// `height`: of the tabs, in pixels.
    explicit TabStrip(const QString& name, int height, QWidget* parent = nullptr);

    void addTab(const QString& text);
    void setText(int index, const QString& text);
    void setCurrentIndex(int index);
    int currentIndex() const;
    /// The tabs that have no room now, in their order.
    QList<int> hidden() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void currentChanged(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Tabs;
    void fit();

    Tabs* m_tabs;
    PickerButton* m_more;
};

} // namespace sextant
