// StatusLine: completeness at the left; what had to be skipped, running tasks and the time of reading at the
// right.
#pragma once

#include "ui/shell/session.h"

#include <QWidget>

class QAbstractButton;
class QHBoxLayout;
class QProgressBar;

namespace sextant {

class IconButton;
class Popup;
class Spinner;
class TextLabel;

class StatusLine final : public QWidget
{
    Q_OBJECT
public:
    StatusLine(Session& session, Jobs& jobs, QWidget* parent = nullptr);

    /// Parts of the page in view: "30,412 runs", "25 match".
    void setParts(const QStringList& parts);
    /// Without the time a drawing is the same every time.
    void setShowsTime(bool shows);

signals:
    void warningsWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class TextButton;
    void updateSession();
    void updateTasks();
    void openTasks();

    Session& m_session;
    Jobs& m_jobs;
    QStringList m_parts;
    bool m_showsTime = true;
    TextButton* m_warnings;
    Spinner* m_spinner;
    TextButton* m_task;
    QProgressBar* m_bar;
    IconButton* m_cancel;
    TextLabel* m_read;
};

} // namespace sextant
