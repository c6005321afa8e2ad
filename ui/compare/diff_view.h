// DiffView: the table of differences. The field, how it varies and the baseline stay in sight at the left: a
// second view on the same model stands over the first. It only shows and asks; its owner decides. GUI thread
// only.
#pragma once

#include "ui/compare/diff_delegate.h"

#include <QTableView>

#include <optional>

namespace sextant {

class DiffView final : public QTableView
{
    Q_OBJECT
public:
    explicit DiffView(DiffModel& model, QWidget* parent = nullptr);

    /// The columns that stay in sight.
    QTableView& frozen() { return *m_frozen; }
    /// Moves to a cell and brings it into sight.
    void goTo(const QModelIndex& index);
    /// The run whose column is the current one; null: none.
    const RunLook* currentRun() const;

    void scrollTo(const QModelIndex& index, ScrollHint hint = EnsureVisible) override;
    void keyboardSearch(const QString&) override {} // single letters are actions here

signals:
    void openRequested(const QModelIndex& index);
    void foldRequested(int row, bool fold);
    void cellMenuRequested(const QModelIndex& index, const QPoint& globalPosition);
    void headMenuRequested(int column, const QPoint& globalPosition);
    void currentRunChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void updateGeometries() override;

private:
    /// Where the reader was, in terms that outlive a reset.
    struct Place
    {
        bool head = false;
        DifferenceSection section = DifferenceSection::Metrics;
        DifferenceKind kind = DifferenceKind::Metric;
        std::string key, runId;
        int column = 0;
        int top = 0; // of the row, in the viewport
        int horizontal = 0;
    };
    void dress(QTableView& view);
    void connectFrozen();
    void retheme();
    void layoutColumns();
    void layoutFrozen();
    int frozenWidth() const;
    int fieldWidthByContent() const;
    void rememberPlace();
    void restorePlace();
    void ring();
    bool foldByKey(int key);

    DiffModel& m_model;
    DiffPainting m_painting;
    QTableView* m_frozen;
    std::optional<Place> m_place;
    int m_fieldWidth = 0; // chosen by the user; 0: by content
    bool m_layingOut = false;
    bool m_keyboardFocus = false;
};

} // namespace sextant
