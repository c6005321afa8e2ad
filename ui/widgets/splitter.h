// Splitter: parts divided by a line of one pixel that can be grabbed over seven.
#pragma once

#include <QSplitter>

namespace sextant {

class Splitter final : public QSplitter
{
    Q_OBJECT
public:
    Splitter(Qt::Orientation orientation, const QString& name, QWidget* parent = nullptr);

protected:
    QSplitterHandle* createHandle() override;
};

} // namespace sextant
