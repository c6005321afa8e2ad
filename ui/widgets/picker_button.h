// PickerButton: a bordered button that shows what was picked: a muted label, the value, a chevron, and a dot
// when the value has unsaved changes. It opens a menu or a pop-up of its owner's.
#pragma once

#include <QAbstractButton>
#include <QMenu>

namespace sextant {

class PickerButton final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit PickerButton(const QString& label, QWidget* parent = nullptr);

    void setLabel(const QString& label);
    void setValue(const QString& value);
    QString value() const { return m_value; }
    void setModified(bool modified);
    /// Opens below the button on click. Filled by the owner on QMenu::aboutToShow.
    void setMenu(QMenu* menu);
    /// The button looks pressed while its pop-up is open.
    void setOpen(bool open);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void describe();

    QString m_label, m_value;
    bool m_modified = false;
    bool m_open = false;
};

} // namespace sextant
