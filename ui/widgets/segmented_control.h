// SegmentedControl: a few exclusive choices side by side in one frame.
#pragma once

#include <QButtonGroup>
#include <QWidget>

namespace sextant {

class SegmentedControl final : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentedControl(const QString& name, QWidget* parent = nullptr);

    /// Returns the index of the new segment. `icon` may be empty.
    int addSegment(const QString& icon, const QString& text);
    /// Of a segment that is there: "Params 38".
    void setText(int index, const QString& text);
    int current() const { return m_group.checkedId(); }
    /// Does not emit.
    void setCurrent(int index);
    /// Where there is no room for words: they become tooltips. Segments without an icon keep theirs.
    void setIconsOnly(bool iconsOnly);

signals:
    void picked(int index); // by the user

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup m_group;
};

} // namespace sextant
