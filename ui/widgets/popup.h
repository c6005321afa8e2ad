// Popup: a frameless panel that opens beside a widget and closes on Esc or a click elsewhere. Its shadow is
// drawn in its own margin. Not modal: nothing waits for it.
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace sextant {

class Popup : public QWidget
{
    Q_OBJECT
public:
    explicit Popup(const QString& name, QWidget* parent);

    /// Where the content goes, inside the frame.
    QVBoxLayout* body() const { return m_body; }
    /// Opens below `anchor`, left edges aligned, or above where there is no room.
    void openBelow(const QWidget* anchor);
    void openAt(const QPoint& globalPosition);

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void openIn(const QRect& room, QPoint place);

    QVBoxLayout* m_body;
};

} // namespace sextant
