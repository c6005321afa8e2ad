// DiffBar: the row of settings above the matrix of differences. Shows what the workspace says and asks for
// changes; holds nothing itself. GUI thread only.
#pragma once

#include "ui/compare/diff_matrix.h"

#include <QWidget>

class QCheckBox;
class QMenu;

namespace sextant {

class ElidedLabel;
class PickerButton;
class SearchField;
class SegmentedControl;
struct RunLook;

class DiffBar final : public QWidget
{
    Q_OBJECT
public:
    explicit DiffBar(QWidget* parent = nullptr);

    void showSettings(const DiffSettings& settings);
    /// `content` may be null: not known yet. `runs`: the baseline first.
    void showContent(const DiffContentPtr& content, const std::vector<RunLook>& runs);
    void focusSearch();
    QString note() const;

signals:
    void searched(const QString& text);
    void kindPicked(DiffKind kind);
    void onlyDifferencesPicked(bool on);
    void orderPicked(DifferenceOrder order);
    void deltasPicked(bool on);
    void baselinePicked(const std::string& runId);
    void searchLeft(); // Enter or Down in the field

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void fit();
    void fillOrderMenu();
    void fillBaselineMenu();
    void updateNote();

    SearchField* m_search;
    SegmentedControl* m_kinds;
    QCheckBox* m_only;
    PickerButton* m_order;
    PickerButton* m_baseline;
    QMenu* m_orderMenu;
    QMenu* m_baselineMenu;
    ElidedLabel* m_note;
    ElidedLabel* m_problem;
    DiffSettings m_settings;
    DiffContentPtr m_content;
    std::vector<RunLook> m_runs;
};

} // namespace sextant
