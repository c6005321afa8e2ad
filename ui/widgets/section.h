// Section: one part of the inspector, with a header that folds it.
#pragma once

#include <QAbstractButton>
#include <QPropertyAnimation>

class QVBoxLayout;

namespace sextant {

class Section final : public QWidget
{
    Q_OBJECT
public:
    explicit Section(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Muted text beside the title: "14, last value".
    void setDetail(const QString& detail);
    /// Where the content goes; panel padding at the sides.
    QVBoxLayout* body() const { return m_bodyLayout; }
    bool isOpen() const { return m_open; }
    void setOpen(bool open, bool animated = false);

signals:
    void toggled(bool open); // by the user

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Header;
    Header* m_header;
    QWidget* m_body;
    QVBoxLayout* m_bodyLayout;
    QPropertyAnimation m_fold;
    bool m_open = true;
};

/// A column of sections that scrolls up and down alone, on the ground of what it stands in.
QWidget* scrollingColumn(QWidget* column);

} // namespace sextant
