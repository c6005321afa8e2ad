// DeskSheets: candidate beside champion, the gates clause by clause, what differs: three tables that scroll
// as one page. GUI thread only.
#pragma once

#include "ui/registry/desk_tables.h"

#include <QScrollArea>

class QPushButton;

namespace sextant {

class ElidedLabel;
class TextLabel;

class DeskSheets final : public QScrollArea
{
    Q_OBJECT
public:
    explicit DeskSheets(QWidget* parent = nullptr);

    void setCase(const DeskCasePtr& made, DirectionOf direction);
    DeskSheet& metrics() { return *m_metrics; }
    DeskSheet& gates() { return *m_gates; }
    DeskSheet& differences() { return *m_differences; }
    QPushButton* checkGates() const { return m_check; }

signals:
    void checkGatesWanted();

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    class Heading;
    void fill();

    DeskCasePtr m_case;
    DirectionOf m_direction;
    bool m_allMetrics = false, m_allDifferences = false;
    DeskSheet* m_metrics;
    QPushButton* m_moreMetrics;
    Heading* m_gatesHead;
    QPushButton* m_check;
    DeskSheet* m_gates;
    TextLabel* m_noGates;
    Heading* m_differHead;
    QPushButton* m_moreDifferences;
    DeskSheet* m_differences;
};

} // namespace sextant
