// Overlay: a panel over the dimmed window: palette, key sheet, lists. Closes on Esc and on a click beside it
// and gives the focus back. Nothing waits for it.
#pragma once

#include <QPointer>
#include <QWidget>

class QVBoxLayout;

namespace sextant {

class Overlay : public QWidget
{
    Q_OBJECT
public:
    /// Covers `window`; starts hidden. `top`: where the panel begins, 0: in the middle.
    Overlay(QWidget* window, const QString& name, const QSize& panel, int top = 0);

    void open();
    void close();
    QVBoxLayout* body() const { return m_body; }

signals:
    void closed();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void setPanelHeight(int height);

private:
    void place();

    QWidget* m_panel;
    QVBoxLayout* m_body;
    QSize m_size;
    int m_top;
    QPointer<QWidget> m_focusBefore;
};

} // namespace sextant
