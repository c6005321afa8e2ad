// FilterBar: the filter field with what it does: how many runs match, who evaluates it, and, when it does not
// parse, where it is wrong and how to mend it. While it is wrong, the last valid filter stays in force. GUI
// thread only.
#pragma once

#include "ui/runs/runs_controller.h"

#include <QTimer>

class QPushButton;

namespace sextant {

class BadgeLabel;
class FilterField;
class RepairButton;
class TextLabel;
class ElidedLabel;

class FilterBar final : public QWidget
{
    Q_OBJECT
public:
    FilterBar(RunsController& controller, QWidget* parent = nullptr);

    FilterField& field() { return *m_field; }
    /// Takes the offered repair, if there is one.
    void applyRepair();
    bool errorShown() const;
    /// Nothing that was typed waits to be applied or judged.
    bool settled() const { return !m_applyDelay.isActive() && !m_errorDelay.isActive(); }

signals:
    void leaveRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void onFilterChanged();
    void updateCounts();
    void showError();
    void offerFix();
    void buildErrorRow();
    void fitErrorRow();

    RunsController& m_controller;
    FilterField* m_field;
    TextLabel* m_count;
    BadgeLabel* m_badge;
    QWidget* m_errorRow = nullptr;
    ElidedLabel* m_sentence = nullptr;
    TextLabel* m_place = nullptr;
    TextLabel* m_didYouMean = nullptr;
    RepairButton* m_repairButton = nullptr;
    ElidedLabel* m_note = nullptr;
    std::string m_repaired;
    QTimer m_errorDelay;
    QTimer m_applyDelay; // what stands there between two keystrokes is not meant
};

} // namespace sextant
